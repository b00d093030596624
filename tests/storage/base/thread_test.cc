#include "storage/base/thread.h"

#include <pthread.h>

#include <array>
#include <string>
#include <thread>

#include "gtest/gtest.h"

namespace mailtrail {
namespace {

TEST(NameThisThread, CutsWhatTheKernelDoesNotTake) {
  std::array<char, 16> name{};
  std::jthread([&name] {
    NameThisThread("a-name-that-is-far-too-long");
    pthread_getname_np(pthread_self(), name.data(), name.size());
  }).join();
  EXPECT_EQ(std::string(name.data()), "a-name-that-is-");
}

}  // namespace
}  // namespace mailtrail
