#include "storage/query/filter_terms.h"

#include <algorithm>
#include <string_view>

namespace mailtrail::query {
namespace {

constexpr std::string_view kAutomaticTagPrefix = "ses:";

class Collector {
 public:
  explicit Collector(const index::Terms& terms) : terms_(terms) {}

  void Add(index::TermKind kind, const std::vector<std::string>& normal_forms,
           mail::Involvement involvement = mail::Involvement::kNamed,
           std::string_view automatic_tag = {}) {
    if (normal_forms.empty()) return;
    FieldTerms field{.kind = kind,
                     .terms = {},
                     .involvement = involvement,
                     .automatic_tag = std::string(automatic_tag)};
    for (const std::string& form : normal_forms) field.terms.push_back(terms_.Of(kind, form));
    std::sort(field.terms.begin(), field.terms.end());
    field.terms.erase(std::unique(field.terms.begin(), field.terms.end()), field.terms.end());
    fields_.push_back(std::move(field));
  }

  void AddNamed(index::TermKind kind, const std::vector<NamedFilter>& filters) {
    for (const NamedFilter& filter : filters) {
      std::vector<std::string> forms;
      forms.reserve(filter.values.size());
      for (const std::string& value : filter.values) {
        forms.push_back(index::NamedValue(filter.name, value));
      }
      const bool automatic =
          kind == index::TermKind::kTag && filter.name.starts_with(kAutomaticTagPrefix);
      Add(kind, forms, mail::Involvement::kNamed, automatic ? filter.name : std::string_view());
    }
  }

  [[nodiscard]] std::vector<FieldTerms> Take() { return std::move(fields_); }

 private:
  const index::Terms& terms_;
  std::vector<FieldTerms> fields_;
};

}  // namespace

std::vector<FieldTerms> TermsOf(const EventFilter& filter, const index::Terms& terms) {
  using index::TermKind;
  Collector collector(terms);
  collector.Add(TermKind::kRecipient, filter.recipients, mail::Involvement::kAffected);
  collector.Add(TermKind::kRecipientDomain, filter.recipient_domains, mail::Involvement::kAffected);
  collector.Add(TermKind::kSender, filter.senders);
  collector.AddNamed(TermKind::kTag, filter.tags);
  collector.AddNamed(TermKind::kHeader, filter.headers);
  collector.Add(TermKind::kTenant, filter.tenants);
  collector.Add(TermKind::kConfigurationSet, filter.configuration_sets);
  if (std::all_of(filter.types.begin(), filter.types.end(), index::HasTypeTerm)) {
    std::vector<std::string> types;
    for (const mail::EventType type : filter.types) types.push_back(index::TypeValue(type));
    collector.Add(TermKind::kType, types);
  }
  return collector.Take();
}

}  // namespace mailtrail::query
