#pragma once

// Plays life cycles against a server, in time or as fast as it takes them.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "clients/cli/demo/signer.h"
#include "storage/base/clock.h"

namespace mailtrail::demo {

struct PusherOptions {
  std::string endpoint;
  std::string topic_arn;
  // Messages a second; 0: as fast as the server takes them, without waiting for events to be due.
  double rate = 2;
  // How many messages; 0: until stopped.
  std::uint64_t messages = 0;
  std::uint32_t seed = 1;
};

struct PusherReport {
  std::uint64_t messages = 0;
  std::uint64_t events = 0;
  std::uint64_t retries = 0;
};

// Sends until all messages are told, `stop` is set, or the server refuses a push for good
// (kFailedPrecondition: what to check). What gets a 5xx or no answer is sent again, as SNS would.
// `progress` is told about once a second.
[[nodiscard]] absl::StatusOr<PusherReport> Push(
    const PusherOptions& options, const Signer& signer, const Clock& clock,
    const std::atomic<bool>& stop, const std::function<void(const PusherReport&)>& progress);

}  // namespace mailtrail::demo
