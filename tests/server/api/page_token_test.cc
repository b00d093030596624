#include "server/api/page_token.h"

#include "gtest/gtest.h"
#include "server/api/limits.h"
#include "tests/server/api/reasons.h"
#include "tests/support/fake_clock.h"

namespace mailtrail::server::api {
namespace {

using test::Failed;
using test::FakeClock;
using test::IsOkAndHolds;

constexpr PagePlace kPlace{.era_id = 0x0102030405060708, .as_of = {77}, .position = {42}};

class PageTokenTest : public ::testing::Test {
 protected:
  FakeClock clock_;
  const PageTokens tokens_{std::string(32, 'k'), clock_};
  const PageBinding binding_ = BindingOf(PagedMethod::kListEvents, "filter and order");
  const std::string token_ = tokens_.Format(binding_, kPlace);
};

TEST_F(PageTokenTest, IsFrozen) {
  EXPECT_EQ(token_,
            "AQGTmxf_YdhNJJS3Q3K8lWXLAQIDBAUGBwgAAAAAAAAATQAAAAAAAAAqawAaIAXxje8_IJLqDi7SXxMRJu0");
}

TEST_F(PageTokenTest, GivesBackItsPlace) {
  EXPECT_THAT(tokens_.Parse(binding_, token_), IsOkAndHolds(kPlace));
}

TEST_F(PageTokenTest, RefusesEachFlippedBit) {
  for (std::size_t i = 0; i < token_.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = token_;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      EXPECT_THAT(tokens_.Parse(binding_, flipped), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
    }
  }
}

TEST_F(PageTokenTest, RefusesOtherSpellings) {
  for (const std::string& other : {std::string("A"), std::string("AQ"), token_ + "=", token_ + "A",
                                   token_ + "\n", std::string(100'000, 'A')}) {
    EXPECT_THAT(tokens_.Parse(binding_, other), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
  }
}

TEST_F(PageTokenTest, IsBoundToMethodAndRequest) {
  EXPECT_THAT(tokens_.Parse(BindingOf(PagedMethod::kListEvents, "another filter"), token_),
              Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
  PageBinding other_method = binding_;
  other_method.method = static_cast<PagedMethod>(2);
  EXPECT_THAT(tokens_.Parse(other_method, token_), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
}

TEST_F(PageTokenTest, IsBoundToTheServersKey) {
  const PageTokens others(std::string(32, 'K'), clock_);
  EXPECT_THAT(others.Parse(binding_, token_), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
}

TEST_F(PageTokenTest, ExpiresAfterADay) {
  clock_.Advance(kPageTokenLifeSeconds * kMillisPerSecond);
  EXPECT_THAT(tokens_.Parse(binding_, token_), IsOkAndHolds(kPlace));
  clock_.Advance(kMillisPerSecond);
  EXPECT_THAT(tokens_.Parse(binding_, token_), Failed(v1::ERROR_REASON_PAGE_TOKEN_EXPIRED));
}

TEST_F(PageTokenTest, SurvivesAClockThatIsPutBack) {
  clock_.SetNow({clock_.Now().value - kMillisPerHour});
  EXPECT_THAT(tokens_.Parse(binding_, token_), IsOkAndHolds(kPlace));
}

}  // namespace
}  // namespace mailtrail::server::api
