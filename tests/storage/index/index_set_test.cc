#include "storage/index/index_set.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/limits.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::index {
namespace {

using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(IndexSet, IsTheSameInWhateverOrderItIsNamed) {
  MT_ASSERT_OK_AND_ASSIGN(
      storage::v1::IndexSet a,
      MakeIndexSet({"ses:operation", "ses:from-domain"}, {"X-Order-Id", "x-a"}));
  MT_ASSERT_OK_AND_ASSIGN(
      const storage::v1::IndexSet b,
      MakeIndexSet({"ses:from-domain", "ses:operation", "ses:operation"}, {"X-A", "x-order-id"}));
  EXPECT_THAT(a.headers(), ElementsAre("x-a", "x-order-id"));
  EXPECT_THAT(a.automatic_tags(), ElementsAre("ses:from-domain", "ses:operation"));
  EXPECT_THAT(a.built_in_kinds(), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  EXPECT_EQ(a.normal_form_version(), 1U);
  EXPECT_EQ(a.number(), 0U);
  a.set_number(7);
  EXPECT_TRUE(SameIndexSet(a, b)) << "whatever the numbers";
}

TEST(IndexSet, IsAnotherWhenAnythingDiffers) {
  MT_ASSERT_OK_AND_ASSIGN(const storage::v1::IndexSet base, MakeIndexSet({"ses:a"}, {"x-a"}));
  MT_ASSERT_OK_AND_ASSIGN(const storage::v1::IndexSet tag, MakeIndexSet({}, {"x-a"}));
  MT_ASSERT_OK_AND_ASSIGN(const storage::v1::IndexSet header, MakeIndexSet({"ses:a"}, {"x-b"}));
  storage::v1::IndexSet kinds = base;
  kinds.add_built_in_kinds(13);
  storage::v1::IndexSet form = base;
  form.set_normal_form_version(2);
  for (const storage::v1::IndexSet& other : {tag, header, kinds, form}) {
    EXPECT_FALSE(SameIndexSet(base, other));
  }
}

TEST(IndexSet, TakesEightHeadersAndNoMore) {
  std::vector<std::string> headers;
  for (std::size_t i = 0; i < kIndexedHeadersMax; ++i) headers.push_back("x-" + std::to_string(i));
  EXPECT_OK(MakeIndexSet({}, headers));
  headers.emplace_back("X-0");
  EXPECT_OK(MakeIndexSet({}, headers)) << "one of them twice";
  headers.emplace_back("x-9");
  EXPECT_THAT(MakeIndexSet({}, headers),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "9 headers are to be indexed, but at most 8 can be: name fewer"));
}

TEST(IndexSet, RefusesNamesThatMeanNothing) {
  EXPECT_THAT(MakeIndexSet({}, {""}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeIndexSet({"campaign"}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("needs no naming")));
}

TEST(IndexSet, HasTheUsersTagsAlwaysAndAutomaticOnesByName) {
  MT_ASSERT_OK_AND_ASSIGN(const storage::v1::IndexSet set,
                          MakeIndexSet({"ses:operation"}, {"x-order-id"}));
  EXPECT_TRUE(IndexesTag(set, "campaign"));
  EXPECT_TRUE(IndexesTag(set, "ses:operation"));
  EXPECT_FALSE(IndexesTag(set, "ses:source-ip"));
  EXPECT_TRUE(IndexesHeader(set, "x-order-id"));
  EXPECT_FALSE(IndexesHeader(set, "x-other"));
  EXPECT_TRUE(Indexes(set, TermKind::kAll));
  EXPECT_FALSE(Indexes({}, TermKind::kAll));
}

}  // namespace
}  // namespace mailtrail::index
