#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/sns/topic_arn.h"

namespace mailtrail::ingest::sns {

// Whether `url` is, byte for byte, where the topic's region keeps its signing certificates:
//
//   https://sns.<region>.<suffix>/SimpleNotificationService-<32 hex digits, lower case>.pem
//
// Region and suffix come from the topic, which must be one that a source lists; nothing of the URL
// is interpreted. Gives the file's name ("SimpleNotificationService-....pem"), a part of `url`;
// nullopt for anything else.
[[nodiscard]] std::optional<std::string_view> SigningCertFile(const TopicArn& topic,
                                                              std::string_view url);

// Whether `name` is "SimpleNotificationService-<32 hex digits, lower case>.pem".
[[nodiscard]] bool IsSigningCertFile(std::string_view name);

// A few words on why a URL was refused, for the log: an operator should see when AWS begins to use
// another of its hosts.
[[nodiscard]] std::string DescribeRefusedUrl(const TopicArn& topic, std::string_view url);

}  // namespace mailtrail::ingest::sns
