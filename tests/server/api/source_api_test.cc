#include "server/api/source_api.h"

#include "gtest/gtest.h"
#include "server/api/source_table.h"
#include "tests/server/api/filled_message.h"
#include "tests/support/api_world.h"
#include "tests/support/golden.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::server::api {
namespace {

TEST(SourceApi, ListsSourcesByNameAsReviewed) {
  const test::FakeDirectory directory;
  admin::v1::ListSourcesResponse response;
  ASSERT_OK(SourceApi(directory).ListSources({}, response));
  test::ExpectGolden("api/sources.json", test::ToJson(response));
}

TEST(SourceTable, FindsByNumberAndKeepsWhatItGave) {
  const test::FakeDirectory directory;
  SourceTable table(directory);
  const SourceOrigin& eu = table.Find(1);
  EXPECT_EQ(eu.name, "prod-eu");
  EXPECT_EQ(table.Find(2).region, "us-east-1");
  EXPECT_EQ(table.Find(3).name, "");
  EXPECT_EQ(&table.Find(1), &eu);
}

}  // namespace
}  // namespace mailtrail::server::api
