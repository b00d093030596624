#pragma once

// Errors are values: absl::Status and absl::StatusOr. These helpers create, annotate and pass them
// on; they take std::string_view, which Debian 12's Abseil does not.

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/text.h"

namespace mailtrail {

template <typename... Args>
[[nodiscard]] absl::Status MakeStatus(absl::StatusCode code, const Args&... args) {
  return {code, Cat(args...)};
}

// Puts "context: " before the message; keeps code and payloads. OK stays OK.
[[nodiscard]] absl::Status Annotate(const absl::Status& status, std::string_view context);

}  // namespace mailtrail

#define MT_STATUS_CONCAT_INNER(a, b) a##b
#define MT_STATUS_CONCAT(a, b) MT_STATUS_CONCAT_INNER(a, b)

// Returns from the enclosing function when `expr` is not OK.
#define MT_RETURN_IF_ERROR(expr)                            \
  do {                                                      \
    if (absl::Status mt_status = (expr); !mt_status.ok()) { \
      return mt_status;                                     \
    }                                                       \
  } while (false)

// MT_ASSIGN_OR_RETURN(auto value, Fallible()): returns the error, or assigns the value.
#define MT_ASSIGN_OR_RETURN(lhs, expr) \
  MT_ASSIGN_OR_RETURN_INNER(MT_STATUS_CONCAT(mt_status_or_, __LINE__), lhs, expr)
#define MT_ASSIGN_OR_RETURN_INNER(status_or, lhs, expr)      \
  auto status_or = (expr);                                   \
  if (!status_or.ok()) return std::move(status_or).status(); \
  lhs = *std::move(status_or)
