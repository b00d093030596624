#include "clients/cli/table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::cli {
namespace {

using ::testing::ElementsAre;

TEST(Table, MakesEachColumnAsWideAsItsWidestCell) {
  Table table({"NAME", "N", "TEXT"});
  table.Add({"a", "12345", "last is not padded"});
  table.Add({"longer", "1", ""});
  EXPECT_THAT(table.Lines(), ElementsAre("NAME    N      TEXT",                //
                                         "a       12345  last is not padded",  //
                                         "longer  1      "));
}

TEST(Table, CountsCharactersAndNotBytes) {
  Table table({"A", "B"});
  table.Add({"ü", "x"});
  table.Add({"ab", "y"});
  EXPECT_THAT(table.Lines(), ElementsAre("A   B", "ü   x", "ab  y"));
}

TEST(Table, WithoutRowsIsItsHeader) {
  EXPECT_THAT(Table({"TIME", "TYPE"}).Lines(), ElementsAre("TIME  TYPE"));
}

}  // namespace
}  // namespace mailtrail::cli
