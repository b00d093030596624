// Every life cycle of up to five events out of the fixtures that AWS documents or others captured
// (tests/ingest/ses/fixtures), in every order.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/mail/fold.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

constexpr std::size_t kLongest = 5;

// By message id. The documentation gives most of its examples the same one.
std::map<std::string, std::vector<test::OwnedInput>> Fixtures() {
  const std::filesystem::path folder =
      std::filesystem::path(MAILTRAIL_SOURCE_DIR) / "tests/ingest/ses/fixtures";
  std::map<std::string, std::vector<test::OwnedInput>> messages;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".textproto") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  unsigned number = 0;
  for (const std::filesystem::path& path : paths) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    const bool identity = *path.lexically_relative(folder).begin() == "identity";
    test::OwnedInput input = test::Input(
        text.str(), ++number,
        identity ? storage::v1::FORM_IDENTITY_NOTIFICATION : storage::v1::FORM_EVENT_PUBLISHING);
    messages[input.event.mail().message_id()].push_back(std::move(input));
  }
  return messages;
}

void ExpectEveryOrderGivesTheSame(std::vector<FoldInput> events) {
  const std::string expected = test::ToText(Fold(events));
  const auto by_id = [](const FoldInput& a, const FoldInput& b) {
    return a.fingerprint < b.fingerprint;
  };
  std::sort(events.begin(), events.end(), by_id);
  do {
    ASSERT_EQ(test::ToText(Fold(events)), expected);
  } while (std::next_permutation(events.begin(), events.end(), by_id));
}

TEST(FoldFixtures, EveryOrderOfEveryLifeCycleGivesTheSame) {
  const std::map<std::string, std::vector<test::OwnedInput>> messages = Fixtures();
  ASSERT_GT(messages.size(), 10U);
  for (const auto& [id, inputs] : messages) {
    const std::vector<FoldInput> events = test::Views(inputs);
    // All neighbours, so that each event meets others; every subset would be a quarter of a
    // million.
    for (std::size_t first = 0; first < events.size(); ++first) {
      for (std::size_t size = 1; size <= std::min(kLongest, events.size() - first); ++size) {
        const auto from = events.begin() + static_cast<std::ptrdiff_t>(first);
        ExpectEveryOrderGivesTheSame({from, from + static_cast<std::ptrdiff_t>(size)});
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << id;
      }
    }
  }
}

TEST(FoldFixtures, BouncesOfTheMailboxSimulatorAreBounced) {
  int bounced = 0;
  for (const auto& [id, inputs] : Fixtures()) {
    for (const RecipientStatus& recipient : test::FoldAll(inputs).recipients) {
      if (recipient.address == "bounce@simulator.amazonses.com") {
        EXPECT_EQ(recipient.state, State::kBounced) << id;
        ++bounced;
      }
    }
  }
  EXPECT_GE(bounced, 3);
}

}  // namespace
}  // namespace mailtrail::mail
