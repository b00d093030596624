#include "storage/query/matches.h"

#include <algorithm>
#include <string_view>

#include "storage/mail/event_facts.h"
#include "storage/mail/normal_form.h"
#include "storage/query/events.h"
#include "storage/query/row_filter.h"

namespace mailtrail::query {
namespace {

template <typename Values, typename Value>
bool Has(const Values& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool MatchesRecipients(const EventFilter& filter, const storage::v1::Event& event) {
  bool recipient = filter.recipients.empty();
  bool domain = filter.recipient_domains.empty();
  if (recipient && domain) return true;
  for (const mail::InvolvedAddress& involved : mail::InvolvedIn(event)) {
    if (involved.involvement != mail::Involvement::kAffected) continue;
    recipient = recipient || Has(filter.recipients, involved.address);
    domain = domain || Has(filter.recipient_domains, mail::DomainOf(involved.address));
  }
  return recipient && domain;
}

bool MatchesTag(const NamedFilter& filter, const storage::v1::Event& event) {
  const auto& tags = event.mail().tags();
  return std::any_of(tags.begin(), tags.end(), [&filter](const storage::v1::Tag& tag) {
    return tag.name() == filter.name &&
           std::any_of(tag.values().begin(), tag.values().end(),
                       [&filter](const std::string& value) { return Has(filter.values, value); });
  });
}

bool MatchesHeaderField(const NamedFilter& filter, const storage::v1::Event& event) {
  const auto& headers = event.indexed_headers();
  return std::any_of(headers.begin(), headers.end(), [&filter](const storage::v1::Header& header) {
    return mail::NormalHeaderName(header.name()) == filter.name &&
           Has(filter.values, mail::NormalHeaderValue(header.value()));
  });
}

bool MatchesFirstTagValue(const std::vector<std::string>& values, const storage::v1::Event& event,
                          std::string_view tag) {
  return values.empty() || Has(values, mail::TagValue(event, tag));
}

}  // namespace

bool MatchesHeader(const EventFilter& filter, const log::RecordHeader& header) {
  return RowFilter(filter).Passes(header) && filter.received_time.Contains(header.received_time) &&
         (filter.message_ids.empty() || Has(filter.message_ids, header.message_id));
}

bool MatchesBody(const EventFilter& filter, const storage::v1::Event& event) {
  const auto matches = [&event](auto matcher) {
    return [&event, matcher](const NamedFilter& named) { return matcher(named, event); };
  };
  return filter.sent_time.Contains({event.mail().timestamp_ms()}) &&
         (filter.senders.empty() ||
          Has(filter.senders, mail::NormalAddress(event.mail().source()))) &&
         (filter.header_message_ids.empty() ||
          Has(filter.header_message_ids,
              mail::NormalHeaderMessageId(event.mail().header_message_id()))) &&
         MatchesFirstTagValue(filter.tenants, event, mail::kTenantTag) &&
         MatchesFirstTagValue(filter.configuration_sets, event, mail::kConfigurationSetTag) &&
         std::all_of(filter.tags.begin(), filter.tags.end(), matches(MatchesTag)) &&
         std::all_of(filter.headers.begin(), filter.headers.end(), matches(MatchesHeaderField)) &&
         MatchesRecipients(filter, event);
}

bool Matches(const EventFilter& filter, const log::RecordHeader& header,
             const storage::v1::Event& event) {
  return MatchesHeader(filter, header) && MatchesBody(filter, event);
}

}  // namespace mailtrail::query
