#include "storage/kv/rocks/status.h"

#include <optional>

#include "storage/base/status.h"

namespace mailtrail::kv::rocks {
namespace {

using rocksdb::Status;

struct Mapping {
  Status::Code code;
  std::optional<Status::SubCode> subcode;  // Nullopt: any.
  absl::StatusCode ours;
};

// The first that fits holds.
constexpr Mapping kMappings[] = {
    {Status::kOk, std::nullopt, absl::StatusCode::kOk},
    {Status::kNotFound, std::nullopt, absl::StatusCode::kNotFound},
    {Status::kCorruption, std::nullopt, absl::StatusCode::kDataLoss},
    {Status::kNotSupported, std::nullopt, absl::StatusCode::kUnimplemented},
    {Status::kInvalidArgument, std::nullopt, absl::StatusCode::kInvalidArgument},
    {Status::kIOError, Status::kNoSpace, absl::StatusCode::kResourceExhausted},
    {Status::kIOError, Status::kSpaceLimit, absl::StatusCode::kResourceExhausted},
    {Status::kIOError, Status::kPathNotFound, absl::StatusCode::kNotFound},
    {Status::kIOError, std::nullopt, absl::StatusCode::kUnavailable},
    {Status::kAborted, Status::kMemoryLimit, absl::StatusCode::kResourceExhausted},
    {Status::kAborted, std::nullopt, absl::StatusCode::kAborted},
    {Status::kTimedOut, std::nullopt, absl::StatusCode::kDeadlineExceeded},
    // What passes by itself: a compaction that was called off, a closing database, a busy one.
    {Status::kIncomplete, std::nullopt, absl::StatusCode::kUnavailable},
    {Status::kShutdownInProgress, std::nullopt, absl::StatusCode::kUnavailable},
    {Status::kBusy, std::nullopt, absl::StatusCode::kUnavailable},
    {Status::kTryAgain, std::nullopt, absl::StatusCode::kUnavailable},
};

absl::StatusCode CodeOf(const Status& status) {
  for (const Mapping& mapping : kMappings) {
    if (mapping.code == status.code() &&
        (!mapping.subcode.has_value() || *mapping.subcode == status.subcode())) {
      return mapping.ours;
    }
  }
  // Merges, transactions and expiring databases: nothing that we use.
  return absl::StatusCode::kInternal;
}

}  // namespace

absl::Status FromRocks(const Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  return MakeStatus(CodeOf(status), doing, ": ", status.ToString());
}

}  // namespace mailtrail::kv::rocks
