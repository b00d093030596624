#include "server/config/flag_values.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::server::config {
namespace {

using test::IsOkAndHolds;
using test::StatusIs;

TEST(FlagValues, ReadSizes) {
  EXPECT_THAT(ParseSize("4096"), IsOkAndHolds(4096));
  EXPECT_THAT(ParseSize("64KiB"), IsOkAndHolds(65536));
  EXPECT_THAT(ParseSize("256MiB"), IsOkAndHolds(std::size_t{256} << 20));
  EXPECT_THAT(ParseSize("2GiB"), IsOkAndHolds(std::size_t{2} << 30));
  for (const char* text : {"", "MiB", "-1", "1.5GiB", "1 GiB", "1GB", "99999999999999GiB"}) {
    EXPECT_THAT(ParseSize(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

TEST(FlagValues, ReadDurationsAndLevels) {
  EXPECT_THAT(ParseDuration("75s"), IsOkAndHolds(75'000));
  EXPECT_THAT(ParseDuration("75"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseLogLevel("warning"), IsOkAndHolds(LogLevel::kWarning));
  EXPECT_THAT(ParseLogLevel("loud"), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace mailtrail::server::config
