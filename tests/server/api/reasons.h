#pragma once

#include <string>

#include "gmock/gmock.h"
#include "server/api/error.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {

// An error with this reason, under the code that goes with it.
MATCHER_P(Failed, reason, "failed with " + server::api::NameOf(reason)) {
  const absl::Status& status = internal::StatusOf(arg);
  *result_listener << status.ToString();
  const auto info = server::api::ErrorInfoOf(status);
  return status.code() == server::api::CodeOf(reason) && info &&
         info->reason() == server::api::NameOf(reason) && info->domain() == "mailtrail";
}

// The value of a key in an error's metadata; empty when it has none.
inline std::string MetadataOf(const absl::Status& status, const std::string& key) {
  const auto info = server::api::ErrorInfoOf(status);
  if (!info || !info->metadata().contains(key)) return "";
  return info->metadata().at(key);
}

}  // namespace mailtrail::test
