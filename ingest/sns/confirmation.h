#pragma once

#include <string>
#include <string_view>

#include "ingest/sns/topic_arn.h"

namespace mailtrail::ingest::sns {

// The request that confirms a subscription, made from a listed topic and the Token of a push that
// proved genuine. The SubscribeURL in the body is never followed: following it is how webhooks are
// made to call whatever a stranger likes.
//
//   https://sns.<region>.<suffix>/?Action=ConfirmSubscription&TopicArn=<arn>&Token=<token>
[[nodiscard]] std::string ConfirmationUrl(const TopicArn& topic, std::string_view token);

}  // namespace mailtrail::ingest::sns
