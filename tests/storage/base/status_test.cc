#include "storage/base/status.h"

#include <memory>
#include <string>

#include "absl/strings/cord.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using test::IsOk;
using test::IsOkAndHolds;
using test::StatusIs;
using ::testing::Not;
using ::testing::StartsWith;

TEST(MakeStatus, TakesViewsAndNumbers) {
  const std::string_view name = "limit";
  EXPECT_THAT(MakeStatus(absl::StatusCode::kOutOfRange, name, " is ", 7),
              StatusIs(absl::StatusCode::kOutOfRange, "limit is 7"));
}

TEST(Annotate, PutsContextBeforeTheMessageAndKeepsPayloads) {
  absl::Status status = absl::DataLossError("bad block");
  status.SetPayload("type", absl::Cord("payload"));
  const absl::Status annotated = Annotate(status, "reading events");
  EXPECT_THAT(annotated, StatusIs(absl::StatusCode::kDataLoss, "reading events: bad block"));
  EXPECT_EQ(annotated.GetPayload("type"), absl::Cord("payload"));
  EXPECT_OK(Annotate(absl::OkStatus(), "reading events"));
}

absl::StatusOr<std::unique_ptr<int>> Half(int n) {
  if (n % 2 != 0) return MakeStatus(absl::StatusCode::kInvalidArgument, n, " is odd");
  return std::make_unique<int>(n / 2);
}

absl::StatusOr<int> Quarter(int n) {
  MT_ASSIGN_OR_RETURN(const std::unique_ptr<int> half, Half(n));
  MT_ASSIGN_OR_RETURN(const std::unique_ptr<int> quarter, Half(*half));
  return *quarter;
}

absl::Status CheckQuarter(int n) {
  MT_RETURN_IF_ERROR(Quarter(n).status());
  return absl::OkStatus();
}

TEST(StatusMacros, PassValuesAndErrorsOn) {
  EXPECT_THAT(Quarter(12), IsOkAndHolds(3));
  EXPECT_THAT(Quarter(6), StatusIs(absl::StatusCode::kInvalidArgument, "3 is odd"));
  EXPECT_OK(CheckQuarter(4));
  EXPECT_THAT(CheckQuarter(5), StatusIs(absl::StatusCode::kInvalidArgument, StartsWith("5")));
}

TEST(StatusMatchers, TellErrorsApart) {
  EXPECT_THAT(Quarter(5), Not(IsOk()));
  EXPECT_THAT(Quarter(12), Not(IsOkAndHolds(4)));
  EXPECT_THAT(Quarter(5), Not(IsOkAndHolds(1)));
  EXPECT_THAT(Quarter(5), Not(StatusIs(absl::StatusCode::kInternal)));
  EXPECT_THAT(Quarter(5), Not(StatusIs(absl::StatusCode::kInvalidArgument, "5 is even")));
}

}  // namespace
}  // namespace mailtrail
