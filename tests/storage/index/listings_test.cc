#include "storage/index/listings.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/limits.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::index {
namespace {

Prepared Listed(std::uint64_t term, std::int64_t sent_ms, std::uint64_t message = 1) {
  Prepared prepared;
  prepared.sent_time = {sent_ms};
  for (int i = 0; i < 8; ++i) {
    prepared.message.bytes[15 - i] = static_cast<char>(message >> (8 * i));
  }
  prepared.listings = {{term}};
  return prepared;
}

class ListingsProjection : public ::testing::Test {
 protected:
  // How many rows it lays for the event.
  std::size_t Rows(const Prepared& prepared) {
    kv::Batch batch;
    EXPECT_OK(listings_->Apply(prepared, batch));
    return batch.size();
  }

  std::unique_ptr<Projection> listings_ = MakeListings();
};

TEST_F(ListingsProjection, WritesARowOnceForAllEventsOfAMessage) {
  EXPECT_EQ(Rows(Listed(1, 5'000)), 1U);
  EXPECT_EQ(Rows(Listed(1, 5'999)), 0U) << "the same second";
  EXPECT_EQ(Rows(Listed(1, 6'000)), 1U);
  EXPECT_EQ(Rows(Listed(2, 5'000)), 1U);
  EXPECT_EQ(Rows(Listed(1, 5'000, 2)), 1U);
  EXPECT_EQ(Rows(Listed(0, 0, 0)), 1U) << "an unused place equals no row";
}

TEST_F(ListingsProjection, WritesARowAgainWhenItsBatchWasLost) {
  EXPECT_EQ(Rows(Listed(1, 5'000)), 1U);
  listings_->Forget();
  EXPECT_EQ(Rows(Listed(1, 5'000)), 1U);
}

TEST_F(ListingsProjection, RemembersNoMoreThanItsBound) {
  EXPECT_EQ(Rows(Listed(0, 5'000)), 1U);
  // The term's hash is the place: one of the bound's size shares it.
  EXPECT_EQ(Rows(Listed(kListingsRememberedMax, 5'000)), 1U);
  EXPECT_EQ(Rows(Listed(0, 5'000)), 1U) << "the newer row took its place, so it is written again";
  EXPECT_EQ(Rows(Listed(kListingsRememberedMax - 1, 5'000)), 1U);
  EXPECT_EQ(Rows(Listed(0, 5'000)), 0U);
}

}  // namespace
}  // namespace mailtrail::index
