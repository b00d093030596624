#pragma once

// Matchers for absl::Status and absl::StatusOr, which Abseil ships only from 2024 on:
//
//   ASSERT_OK(store.Write(batch, Durability::kSynced));
//   EXPECT_THAT(Parse(text), IsOkAndHolds(42));
//   EXPECT_THAT(Parse(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty")));
//   MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store.TakeSnapshot());

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "storage/base/text.h"

namespace mailtrail::test {
namespace internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

}  // namespace internal

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  const absl::Status& status = internal::StatusOf(arg);
  *result_listener << status.ToString();
  return status.ok();
}

// An error of this code whose message matches `message`: a text for the whole, or a matcher.
MATCHER_P2(StatusIs, code, message,
           absl::StatusCodeToString(code) + " with a message that " +
               ::testing::DescribeMatcher<std::string>(message, negation)) {
  const absl::Status& status = internal::StatusOf(arg);
  *result_listener << status.ToString();
  const std::string text(status.message().data(), status.message().size());
  return status.code() == code && ::testing::ExplainMatchResult(message, text, result_listener);
}

inline auto StatusIs(absl::StatusCode code) { return StatusIs(code, ::testing::_); }

// OK, and the value matches `inner`: a value to be equal to, or a matcher.
MATCHER_P(IsOkAndHolds, inner, "is OK and holds a value that matches") {
  if (!arg.ok()) {
    *result_listener << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(inner, *arg, result_listener);
}

}  // namespace mailtrail::test

#define ASSERT_OK(expr) ASSERT_THAT((expr), ::mailtrail::test::IsOk())
#define EXPECT_OK(expr) EXPECT_THAT((expr), ::mailtrail::test::IsOk())

// Ends the test when `expr`, a StatusOr, is an error; else assigns or declares `lhs` from its
// value.
#define MT_ASSERT_OK_AND_ASSIGN(lhs, expr) \
  MT_ASSERT_OK_AND_ASSIGN_INNER(MT_TEST_CONCAT(mt_test_status_or_, __LINE__), lhs, expr)
#define MT_ASSERT_OK_AND_ASSIGN_INNER(status_or, lhs, expr)           \
  auto status_or = (expr);                                            \
  ASSERT_TRUE(status_or.ok()) << #expr << ": " << status_or.status(); \
  lhs = *std::move(status_or)
#define MT_TEST_CONCAT(a, b) MT_TEST_CONCAT_INNER(a, b)
#define MT_TEST_CONCAT_INNER(a, b) a##b
