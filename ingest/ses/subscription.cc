#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

namespace {

using Topics = google::protobuf::RepeatedPtrField<storage::v1::TopicStatus>;

Topics TopicsAt(const Object& preferences, std::string_view key) {
  Topics topics;
  for (const Object& item : ObjectsAt(preferences, key)) {
    storage::v1::TopicStatus& topic = *topics.Add();
    topic.set_topic_name(TextOrEmpty(item, "topicName"));
    topic.set_subscription_status(TextOrEmpty(item, "subscriptionStatus"));
  }
  return topics;
}

storage::v1::TopicPreferences DecodePreferences(const Object& item) {
  storage::v1::TopicPreferences preferences;
  preferences.set_unsubscribe_all(BoolAt(item, "unsubscribeAll").value_or(false));
  *preferences.mutable_topics() = TopicsAt(item, "topicSubscriptionStatus");
  *preferences.mutable_default_topics() = TopicsAt(item, "topicDefaultSubscriptionStatus");
  return preferences;
}

}  // namespace

void DecodeSubscription(const Object& detail, Event& event) {
  storage::v1::Subscription& subscription = *event.mutable_subscription();
  subscription.set_contact_list(TextOrEmpty(detail, "contactList"));
  subscription.set_source(TextOrEmpty(detail, "source"));
  if (const std::optional<Object> preferences = ObjectAt(detail, "newTopicPreferences")) {
    *subscription.mutable_new_preferences() = DecodePreferences(*preferences);
  }
  if (const std::optional<Object> preferences = ObjectAt(detail, "oldTopicPreferences")) {
    *subscription.mutable_old_preferences() = DecodePreferences(*preferences);
  }
}

}  // namespace mailtrail::ingest::ses
