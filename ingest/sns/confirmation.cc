#include "ingest/sns/confirmation.h"

#include "storage/base/text.h"

namespace mailtrail::ingest::sns {

std::string ConfirmationUrl(const TopicArn& topic, std::string_view token) {
  // Neither an ARN nor a Token has a character that a query would need escaped.
  return Cat("https://", SnsHost(*topic.partition, topic.region),
             "/?Action=ConfirmSubscription&TopicArn=", topic.text, "&Token=", token);
}

}  // namespace mailtrail::ingest::sns
