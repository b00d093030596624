#include "storage/index/terms_of.h"

#include <algorithm>
#include <map>
#include <string>

#include "storage/index/index_set.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::index {
namespace {

using mail::Involvement;
using storage::v1::Event;
using storage::v1::IndexSet;

// Words of CappedTerm.kind.
constexpr std::string_view kCappedTag = "tag";
constexpr std::string_view kCappedHeader = "header";

class Collector {
 public:
  Collector(const IndexSet& set, const Terms& terms) : set_(set), terms_(terms) {}

  void Add(TermKind kind, std::string_view normal_form,
           Involvement involvement = Involvement::kAffected) {
    if (!Indexes(set_, kind)) return;
    const TermKindInfo& info = InfoOf(kind);
    const Term term = terms_.Of(kind, normal_form);
    if (info.postings) {
      Involvement& known = postings_.emplace(term, involvement).first->second;
      known = std::max(known, involvement);
    }
    if (info.listings && involvement != Involvement::kNamed) listings_.push_back(term);
  }

  // Fields that are empty when SES did not send them yield nothing.
  void AddIfAny(TermKind kind, std::string_view normal_form) {
    if (!normal_form.empty()) Add(kind, normal_form);
  }

  [[nodiscard]] TermsOfEvent Take() && {
    TermsOfEvent taken;
    taken.postings.reserve(postings_.size());
    for (const auto& [term, involvement] : postings_) taken.postings.push_back({term, involvement});
    std::ranges::sort(listings_);
    const auto repeated = std::ranges::unique(listings_);
    listings_.erase(repeated.begin(), repeated.end());
    taken.listings = std::move(listings_);
    return taken;
  }

 private:
  const IndexSet& set_;
  const Terms& terms_;
  std::map<Term, Involvement> postings_;
  std::vector<Term> listings_;
};

bool IsCapped(const Event& event, std::string_view kind, std::string_view name,
              std::string_view value) {
  return std::ranges::any_of(event.capped(), [&](const storage::v1::CappedTerm& capped) {
    return capped.kind() == kind && capped.name() == name && capped.value() == value;
  });
}

void AddAddresses(const Event& event, Collector& collector) {
  for (const mail::InvolvedAddress& involved : mail::InvolvedIn(event)) {
    collector.Add(TermKind::kRecipient, involved.address, involved.involvement);
    const std::string domain = mail::DomainOf(involved.address);
    if (!domain.empty() && involved.involvement != Involvement::kNamed) {
      collector.Add(TermKind::kRecipientDomain, domain, involved.involvement);
    }
  }
}

void AddTags(const Event& event, const IndexSet& set, Collector& collector) {
  for (const storage::v1::Tag& tag : event.mail().tags()) {
    if (!IndexesTag(set, tag.name())) continue;
    for (const std::string& value : tag.values()) {
      if (IsCapped(event, kCappedTag, tag.name(), value)) continue;
      collector.Add(TermKind::kTag, NamedValue(tag.name(), value));
    }
  }
}

void AddHeaders(const Event& event, const IndexSet& set, Collector& collector) {
  for (const storage::v1::Header& header : event.indexed_headers()) {
    const std::string name = mail::NormalHeaderName(header.name());
    const std::string value = mail::NormalHeaderValue(header.value());
    if (!IndexesHeader(set, name) || IsCapped(event, kCappedHeader, name, value)) continue;
    collector.Add(TermKind::kHeader, NamedValue(name, value));
  }
}

}  // namespace

TermsOfEvent TermsOf(const Event& event, std::uint16_t source, const IndexSet& set,
                     const Terms& terms) {
  Collector collector(set, terms);
  AddAddresses(event, collector);
  AddTags(event, set, collector);
  AddHeaders(event, set, collector);
  collector.AddIfAny(TermKind::kSender, mail::NormalAddress(event.mail().source()));
  collector.AddIfAny(TermKind::kTenant, mail::TagValue(event, mail::kTenantTag));
  collector.AddIfAny(TermKind::kConfigurationSet,
                     mail::TagValue(event, mail::kConfigurationSetTag));
  collector.AddIfAny(TermKind::kHeaderMessageId,
                     mail::NormalHeaderMessageId(event.mail().header_message_id()));
  if (const storage::v1::EventType type = mail::TypeOf(event); HasTypeTerm(type)) {
    collector.Add(TermKind::kType, TypeValue(type));
  }
  collector.Add(TermKind::kSource, SourceValue(source));
  if (!mail::SettlesAll(event)) collector.Add(TermKind::kUnsettled, "");
  collector.Add(TermKind::kAll, "");
  return std::move(collector).Take();
}

}  // namespace mailtrail::index
