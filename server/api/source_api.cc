#include "server/api/source_api.h"

#include <algorithm>
#include <vector>

#include "server/api/time_proto.h"

namespace mailtrail::server::api {
namespace {

void Fill(const RefusalCount& refusals, admin::v1::RefusalCount& target) {
  target.set_reason(refusals.reason);
  target.set_http_status(refusals.http_status);
  target.set_count(refusals.count);
}

admin::v1::Topic::Subscription StateOf(SubscriptionState state) {
  switch (state) {
    case SubscriptionState::kConfirmed:
      return admin::v1::Topic::SUBSCRIPTION_CONFIRMED;
    case SubscriptionState::kEnded:
      return admin::v1::Topic::SUBSCRIPTION_ENDED;
    case SubscriptionState::kUnknown:
      break;
  }
  return admin::v1::Topic::SUBSCRIPTION_UNSPECIFIED;
}

void Fill(const TopicInfo& topic, admin::v1::Topic& target) {
  target.set_arn(topic.arn);
  target.set_subscription(StateOf(topic.subscription));
  if (topic.subscription_changed) {
    *target.mutable_subscription_changed_time() = ToTimestamp(*topic.subscription_changed);
  }
  if (topic.validated) *target.mutable_validated_time() = ToTimestamp(*topic.validated);
}

void Fill(const SourceInfo& source, admin::v1::Source& target) {
  target.set_name(source.name);
  target.set_account_id(source.account_id);
  target.set_region(source.region);
  target.mutable_topic_patterns()->Add(source.topic_patterns.begin(), source.topic_patterns.end());
  for (const TopicInfo& topic : source.topics) Fill(topic, *target.add_topics());
  if (source.last_push) *target.mutable_last_push_time() = ToTimestamp(*source.last_push);
  if (source.last_push_sns) {
    *target.mutable_last_push_sns_time() = ToTimestamp(*source.last_push_sns);
  }
  target.set_stored_count(source.stored);
  target.set_duplicate_count(source.duplicates);
  target.set_ignored_count(source.ignored);
  target.set_quarantined_count(source.quarantined);
  for (const RefusalCount& refusals : source.refusals) Fill(refusals, *target.add_refusals());
}

}  // namespace

absl::Status SourceApi::ListSources(const admin::v1::ListSourcesRequest& /*request*/,
                                    admin::v1::ListSourcesResponse& response) {
  std::vector<SourceInfo> sources = directory_.List();
  std::sort(sources.begin(), sources.end(),
            [](const SourceInfo& a, const SourceInfo& b) { return a.name < b.name; });
  for (const SourceInfo& source : sources) Fill(source, *response.add_sources());
  for (const RefusalCount& refusals : directory_.UnattributedRefusals()) {
    Fill(refusals, *response.add_unattributed_refusals());
  }
  return absl::OkStatus();
}

}  // namespace mailtrail::server::api
