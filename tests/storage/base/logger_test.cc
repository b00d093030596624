#include "storage/base/logger.h"

#include "gtest/gtest.h"

namespace mailtrail {
namespace {

TEST(NoLogger, TakesEveryLine) {
  NoLogger().Write(LogLevel::kError, "test_event", {{"reason", "test"}});
  EXPECT_EQ(&NoLogger(), &NoLogger());
}

}  // namespace
}  // namespace mailtrail
