#pragma once

// What the API needs from the doors, without knowing them: declared here, filled by main.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/time.h"

namespace mailtrail::server::api {

struct RefusalCount {
  std::string reason;
  int http_status = 0;
  std::int64_t count = 0;
};

enum class SubscriptionState : std::uint8_t { kUnknown, kConfirmed, kEnded };

struct TopicInfo {
  std::string arn;
  SubscriptionState subscription = SubscriptionState::kUnknown;
  std::optional<UnixMillis> subscription_changed;
  std::optional<UnixMillis> validated;
};

// A source as configured, and how it is doing. Counts are since the start.
struct SourceInfo {
  std::uint16_t number = 0;
  std::string name;
  std::string account_id;
  std::string region;
  std::vector<std::string> topic_patterns;
  std::vector<TopicInfo> topics;
  std::optional<UnixMillis> last_push;
  std::optional<UnixMillis> last_push_sns;
  std::int64_t stored = 0;
  std::int64_t duplicates = 0;
  std::int64_t ignored = 0;
  std::int64_t quarantined = 0;
  std::vector<RefusalCount> refusals;
};

// Thread-safe.
class SourceDirectory {
 public:
  virtual ~SourceDirectory() = default;
  // Every source the store has ever met, configured today or not (then without patterns): events
  // keep the number of theirs.
  [[nodiscard]] virtual std::vector<SourceInfo> List() const = 0;
  // Refusals of pushes that belong to no source.
  [[nodiscard]] virtual std::vector<RefusalCount> UnattributedRefusals() const = 0;
};

// The message's own headers, as SES's JSON text has them (`mail.headers`), in its order. Events are
// stored without them, so EVENT_VIEW_RAW reads them anew. Empty for a text that holds none or
// cannot be read. Called from many threads at a time.
using HeadersOf = std::function<std::vector<storage::v1::Header>(std::string_view json)>;

}  // namespace mailtrail::server::api
