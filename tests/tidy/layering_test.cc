// The architecture as a test: ARCHITECTURE.md against the sources that stand beside it.

#include <string>

#include "gtest/gtest.h"
#include "tests/tidy/rules.h"

namespace mailtrail::tidy {
namespace {

class Layering : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tree_.contains(std::string(kArchitecturePage))) << MAILTRAIL_SOURCE_DIR;
    Findings findings;
    architecture_ = Architecture::Read(tree_.at(std::string(kArchitecturePage)), findings);
    ASSERT_TRUE(findings.Text().empty()) << findings.Text();
  }

  const SourceTree tree_ = ReadSourceTree(MAILTRAIL_SOURCE_DIR);
  Architecture architecture_;
  Findings findings_;
};

TEST_F(Layering, EveryIncludeIsInTheMayUseColumn) {
  CheckIncludes(tree_, architecture_, findings_);
  EXPECT_TRUE(findings_.Text().empty()) << findings_.Text();
}

TEST_F(Layering, EveryLinkedTargetIsInTheMayUseColumn) {
  CheckTargets(tree_, architecture_, findings_);
  EXPECT_TRUE(findings_.Text().empty()) << findings_.Text();
}

TEST_F(Layering, EveryModuleHasAReadmeAndEverySourceIsBuilt) {
  CheckFolders(tree_, architecture_, findings_);
  EXPECT_TRUE(findings_.Text().empty()) << findings_.Text();
}

TEST_F(Layering, EveryFileCanBeHeldInTheHead) {
  CheckShape(tree_, findings_);
  EXPECT_TRUE(findings_.Text().empty()) << findings_.Text();
}

TEST_F(Layering, NoFileSaysWhatWeDoWithout) {
  CheckWords(tree_, findings_);
  EXPECT_TRUE(findings_.Text().empty()) << findings_.Text();
}

TEST_F(Layering, EveryFileThatThePageNamesExists) {
  CheckPage(tree_, MAILTRAIL_SOURCE_DIR, findings_);
  EXPECT_TRUE(findings_.Text().empty()) << findings_.Text();
}

}  // namespace
}  // namespace mailtrail::tidy
