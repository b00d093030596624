#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/feed/reader.h"
#include "tests/support/store_builder.h"

namespace mailtrail::test {
namespace {

using feed::Interest;
using feed::InterestOf;
using index::TermKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class InterestTest : public ::testing::Test {
 protected:
  index::Term Term(TermKind kind, std::string_view form) const {
    return preparer_.terms().Of(kind, form);
  }

  const index::Preparer preparer_{BuilderKeys()};
};

TEST_F(InterestTest, TheFieldWithTheFewestValuesWakes) {
  const Interest interest = InterestOf({.message_ids = {"m1"},
                                        .recipients = {"ann@example.com", "bob@example.com"},
                                        .senders = {"news@example.org"}},
                                       preparer_);
  EXPECT_THAT(interest.terms, ElementsAre(Term(TermKind::kSender, "news@example.org")));
  EXPECT_THAT(interest.messages, IsEmpty());
}

TEST_F(InterestTest, EachValueOfTheFieldWakes) {
  const Interest interest =
      InterestOf({.recipients = {"ann@example.com", "bob@example.com"}}, preparer_);
  EXPECT_THAT(interest.terms, UnorderedElementsAre(Term(TermKind::kRecipient, "ann@example.com"),
                                                   Term(TermKind::kRecipient, "bob@example.com")));
}

TEST_F(InterestTest, MessageIdsWakeWhereNoFieldHasTerms) {
  const Interest interest = InterestOf({.message_ids = {"m1", "m2"},
                                        .tags = {{"ses:operation", {"SendEmail"}}},
                                        .types = {storage::v1::EVENT_TYPE_SEND}},
                                       preparer_);
  EXPECT_THAT(interest.terms, IsEmpty());
  EXPECT_THAT(interest.messages,
              ElementsAre(preparer_.messages().KeyOf("m1"), preparer_.messages().KeyOf("m2")));
}

TEST_F(InterestTest, AFilterThatHasNeitherIsWokenByEveryCommit) {
  // An automatic tag may not be indexed, and header Message-IDs have no postings.
  const Interest interest = InterestOf({.tags = {{"ses:operation", {"SendEmail"}}},
                                        .header_message_ids = {"h1@example.org"},
                                        .forms = {storage::v1::FORM_EVENT_PUBLISHING}},
                                       preparer_);
  EXPECT_THAT(interest.terms, IsEmpty());
  EXPECT_THAT(interest.messages, IsEmpty());
}

}  // namespace
}  // namespace mailtrail::test
