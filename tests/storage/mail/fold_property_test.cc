// Any order and any repetition of the same events give the same answer.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/mail/fold.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

// NOLINTNEXTLINE(bugprone-random-generator-seed): the same life cycles in every run.
constexpr unsigned kSeed = 20261120;

class RandomLifeCycle {
 public:
  explicit RandomLifeCycle(unsigned seed) : random_(seed) {}

  std::vector<test::OwnedInput> Make(std::size_t size) {
    std::vector<test::OwnedInput> inputs;
    for (unsigned number = 0; inputs.size() < size; ++number) {
      const bool identity = Pick(3) == 0;
      // Times from a few values only, so that ties are common.
      inputs.push_back(test::Input(
          Cat(Mail(identity), "event_time_ms: ", Pick(3), " ", Detail()), number + 1,
          identity ? storage::v1::FORM_IDENTITY_NOTIFICATION : storage::v1::FORM_EVENT_PUBLISHING));
    }
    return inputs;
  }
  unsigned Pick(unsigned bound) { return random_() % bound; }
  std::mt19937& generator() { return random_; }

 private:
  std::string Address() {
    static const std::vector<std::string> addresses = {"ann@example.com", "Ann@EXAMPLE.com",
                                                       "bo@example.com", "x@example.org"};
    return addresses[Pick(4)];
  }
  std::string Mail(bool identity) {
    std::string mail = Cat("mail { message_id: 'm' timestamp_ms: ", identity ? 39000 : 39259);
    for (unsigned n = Pick(3); n > 0; --n) {
      mail += Cat(" destination: '", Address(), "'");
    }
    if (Pick(2) == 0) {
      mail += Cat(" source: 's", Pick(2), "' common_headers { subject: 's", Pick(2), "' }");
    }
    if (!identity) {
      mail += Cat(" tags { name: 't", Pick(2), "' values: 'v", Pick(3), "' }");
    }
    return mail + " } ";
  }
  std::string Detail() {
    const std::string address = Cat("'", Address(), "'");
    const std::string other = Cat("'", Address(), "'");
    const std::vector<std::string> details = {
        "",
        "send {}",
        Cat("delivery { recipients: ", address, " recipients: ", other, " }"),
        Cat("delivery_delay { recipients { address: ", address, " } }"),
        Cat("bounce { bounce_type: 'Permanent' recipients { address: ", address, " } }"),
        Cat("bounce { bounce_sub_type: 'Suppressed' recipients { address: ", address, " } }"),
        Cat("complaint { recipients: ", address, " }"),
        Cat("complaint { recipients: ", address, " recipients: ", other, " }"),
        "reject {}",
        "rendering_failure {}",
        "open { is_bot_event: 'Likely' }",
        "click {}",
    };
    return details[Pick(static_cast<unsigned>(details.size()))];
  }

  std::mt19937 random_;
};

TEST(FoldProperty, EveryPermutationOfARandomLifeCycleGivesTheSame) {
  RandomLifeCycle cycles(kSeed);
  for (int round = 0; round < 300; ++round) {
    const std::vector<test::OwnedInput> inputs = cycles.Make(1 + cycles.Pick(5));
    std::vector<FoldInput> views = test::Views(inputs);
    const std::string expected = test::ToText(Fold(views));
    const auto by_id = [](const FoldInput& a, const FoldInput& b) {
      return a.fingerprint < b.fingerprint;
    };
    std::sort(views.begin(), views.end(), by_id);
    do {
      ASSERT_EQ(test::ToText(Fold(views)), expected) << "round " << round;
    } while (std::next_permutation(views.begin(), views.end(), by_id));
  }
}

TEST(FoldProperty, RepetitionAndShufflingOfLongLifeCyclesGiveTheSame) {
  RandomLifeCycle cycles(kSeed + 1);
  for (int round = 0; round < 300; ++round) {
    const std::vector<test::OwnedInput> inputs = cycles.Make(30);
    std::vector<FoldInput> views = test::Views(inputs);
    const std::string expected = test::ToText(Fold(views));
    for (unsigned repeated = cycles.Pick(20); repeated > 0; --repeated) {
      views.push_back(views[cycles.Pick(static_cast<unsigned>(views.size()))]);
    }
    std::shuffle(views.begin(), views.end(), cycles.generator());
    ASSERT_EQ(test::ToText(Fold(views)), expected) << "round " << round;
  }
}

// Without it the properties above would hold for a fold that ignores its events.
TEST(FoldProperty, RandomLifeCyclesReachEveryState) {
  RandomLifeCycle cycles(kSeed);
  std::vector<int> met(static_cast<std::size_t>(State::kRenderingFailed) + 1);
  for (int round = 0; round < 300; ++round) {
    for (const RecipientStatus& r : test::FoldAll(cycles.Make(1 + cycles.Pick(5))).recipients) {
      ++met[static_cast<std::size_t>(r.state)];
    }
  }
  EXPECT_EQ(std::count(met.begin(), met.end(), 0), 0);
}

}  // namespace
}  // namespace mailtrail::mail
