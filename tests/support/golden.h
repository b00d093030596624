#pragma once

// Texts that must not change unnoticed: files under tests/golden, reviewed by people. To write them
// anew, run the test with MAILTRAIL_WRITE_GOLDEN=1 and read the diff.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "gtest/gtest.h"

namespace mailtrail::test {

// `name`: below tests/golden, "api/event.json".
inline void ExpectGolden(const std::string& name, const std::string& text) {
  const std::string path = std::string(MAILTRAIL_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("MAILTRAIL_WRITE_GOLDEN") !=
      nullptr) {  // NOLINT(concurrency-mt-unsafe): no setenv.
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.good()) << path << " is missing; what should stand there:\n" << text;
  std::ostringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(text, golden.str()) << path;
}

}  // namespace mailtrail::test
