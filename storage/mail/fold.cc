#include "storage/mail/fold.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "storage/mail/fold_parts.h"

namespace mailtrail::mail {
namespace {

// What is given more than once is one event; the order in which it was given tells nothing.
std::vector<FoldInput> DistinctInOrder(std::span<const FoldInput> events) {
  std::vector<FoldInput> sorted(events.begin(), events.end());
  std::sort(sorted.begin(), sorted.end(), PreferredLess);
  sorted.erase(std::unique(sorted.begin(), sorted.end(),
                           [](const FoldInput& a, const FoldInput& b) {
                             return a.fingerprint == b.fingerprint;
                           }),
               sorted.end());
  return sorted;
}

// SES sends one more field of a message with some events than with others (no subject before a
// template is rendered, no tags on identity notifications), so each comes from the most preferred
// event that has it.
void FillFrom(const Event& event, MessageStatus& status) {
  const storage::v1::Mail& mail = event.mail();
  const auto fill = [](std::string& field, const std::string& value) {
    if (field.empty()) {
      field = value;
    }
  };
  fill(status.source, mail.source());
  fill(status.subject, mail.common_headers().subject());
  fill(status.header_message_id, mail.header_message_id());
  fill(status.sending_account_id, mail.sending_account_id());
  fill(status.configuration_set, TagValue(event, kConfigurationSetTag));
  fill(status.tenant, TagValue(event, kTenantTag));
}

std::vector<storage::v1::Tag> UnionOfTags(std::span<const FoldInput> events) {
  std::map<std::string, std::set<std::string>> values;
  for (const FoldInput& input : events) {
    for (const storage::v1::Tag& tag : input.event->mail().tags()) {
      values[tag.name()].insert(tag.values().begin(), tag.values().end());
    }
  }
  std::vector<storage::v1::Tag> tags;
  tags.reserve(values.size());
  for (const auto& [name, of_name] : values) {
    storage::v1::Tag& tag = tags.emplace_back();
    tag.set_name(name);
    tag.mutable_values()->Add(of_name.begin(), of_name.end());
  }
  return tags;
}

}  // namespace

bool PreferredLess(const FoldInput& a, const FoldInput& b) {
  const auto key = [](const FoldInput& input) {
    return std::tuple(input.form != storage::v1::FORM_EVENT_PUBLISHING, EventTimeOf(*input.event),
                      input.fingerprint);
  };
  return key(a) < key(b);
}

bool TrailLess(const FoldInput& a, const FoldInput& b) {
  const auto key = [](const FoldInput& input) {
    return std::tuple(EventTimeOf(*input.event), RankOf(*input.event).value_or(State::kUnknown),
                      input.fingerprint);
  };
  return key(a) < key(b);
}

MessageStatus Fold(std::span<const FoldInput> events) {
  const std::vector<FoldInput> distinct = DistinctInOrder(events);
  MessageStatus status;
  for (const FoldInput& input : distinct) {
    status.message_id = input.event->mail().message_id();
    // Identity notifications cut the milliseconds off, so the later time is the whole one.
    status.sent_time = std::max(status.sent_time, UnixMillis{input.event->mail().timestamp_ms()});
    FillFrom(*input.event, status);
  }
  status.tags = UnionOfTags(distinct);
  status.recipients = FoldRecipients(distinct);
  status.engagement = FoldEngagement(distinct, status.recipients.size());
  return status;
}

}  // namespace mailtrail::mail
