#pragma once

#include <cstddef>

namespace mailtrail::ingest::ses {

// Bytes of one SES text. SNS carries at most 256 KiB, SQS and EventBridge 1 MiB.
inline constexpr std::size_t kMaxTextBytes = 1 << 20;

// Levels of nested arrays and objects. SES needs six (the status of a topic in a Subscription); a
// bound keeps hostile nesting off the stack.
inline constexpr std::size_t kMaxDepth = 32;

}  // namespace mailtrail::ingest::ses
