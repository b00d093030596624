// A client that protoc generated in another language talks to the server.

#include <string>

#include "gtest/gtest.h"
#include "tests/server/grpc/grpc_world.h"
#include "tests/support/child_process.h"

namespace mailtrail::test {
namespace {

TEST(PythonClient, ListsWatchesAndReadsErrors) {
  GrpcWorld world;
  world.api().AddMany(300, {.tags = {{"campaign", "spring"}}});
  ChildProcess python("/usr/bin/env", {"PYTHONPATH=" MAILTRAIL_PYTHON_STUBS, "/usr/bin/python3",
                                       MAILTRAIL_SOURCE_DIR "/tests/clients/python/watch_test.py",
                                       world.address()});
  std::string output;
  while (const auto line = python.ReadLine()) output += *line + "\n";
  EXPECT_EQ(python.Wait(), 0) << output;
  EXPECT_NE(output.find("ok"), std::string::npos) << output;
}

}  // namespace
}  // namespace mailtrail::test
