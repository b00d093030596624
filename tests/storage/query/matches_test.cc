// The fields of a filter, one by one, where the property test's small world cannot go.

#include <string>

#include "gtest/gtest.h"
#include "storage/query/events.h"
#include "storage/query/filter_terms.h"
#include "tests/support/event_world.h"

namespace mailtrail::test {
namespace {

using query::EventFilter;

struct Record {
  log::RecordHeader header;
  storage::v1::Event event;
};

Record RecordOf(const Facts& facts) {
  return {.header = {.clamped_time = facts.clamped(),
                     .received_time = facts.received,
                     .form = facts.form,
                     .type = facts.type,
                     .source = facts.source,
                     .message_id = facts.message_id},
          .event = MakeEvent(facts, 1).event};
}

bool Matches(const EventFilter& filter, const Record& record) {
  return query::Matches(filter, record.header, record.event);
}

TEST(MatchesTest, RecipientsAreThoseWhomTheEventItselfNames) {
  const Record bounce = RecordOf({.type = storage::v1::EVENT_TYPE_BOUNCE,
                                  .destination = {"ann@example.com", "bob@example.net"},
                                  .about = {"ann@example.com"},
                                  .named = {"cyd@example.org"}});
  EXPECT_TRUE(Matches({.recipients = {"ann@example.com"}}, bounce));
  EXPECT_FALSE(Matches({.recipients = {"bob@example.net"}}, bounce));  // Addressed.
  EXPECT_FALSE(Matches({.recipients = {"cyd@example.org"}}, bounce));  // Named.
  EXPECT_TRUE(Matches({.recipient_domains = {"example.com"}}, bounce));
  EXPECT_FALSE(Matches({.recipient_domains = {"example.net"}}, bounce));
  const Record open = RecordOf({.type = storage::v1::EVENT_TYPE_OPEN,
                                .destination = {"ann@example.com", "bob@example.net"},
                                .about = {}});
  EXPECT_TRUE(Matches({.recipients = {"bob@example.net"}}, open));
}

TEST(MatchesTest, WhatIsWrittenOtherwiseIsFoundByItsNormalForm) {
  Record record = RecordOf({.sender = "The News <News@Example.ORG>",
                            .destination = {"Ann <ANN@Example.com.>"},
                            .header_message_id = "<h1@example.org>"});
  storage::v1::Header& header = *record.event.add_indexed_headers();
  header.set_name("X-Order-Id");
  header.set_value(" 7 ");
  EXPECT_TRUE(Matches({.recipients = {"ann@example.com"},
                       .recipient_domains = {"example.com"},
                       .senders = {"news@example.org"},
                       .headers = {{"x-order-id", {"7"}}},
                       .header_message_ids = {"h1@example.org"}},
                      record));
}

TEST(MatchesTest, AnyValueOfATagMatchesAndTagsAreAndedAmongEachOther) {
  Record record = RecordOf({.tags = {{"team", "red"}}});
  storage::v1::Tag& tag = *record.event.mutable_mail()->add_tags();
  tag.set_name("campaign");
  tag.add_values("spring");
  tag.add_values("sale");
  EXPECT_TRUE(Matches({.tags = {{"campaign", {"sale"}}}}, record));
  EXPECT_TRUE(Matches({.tags = {{"campaign", {"x", "spring"}}, {"team", {"red"}}}}, record));
  EXPECT_FALSE(Matches({.tags = {{"campaign", {"spring"}}, {"team", {"blue"}}}}, record));
  EXPECT_FALSE(Matches({.tags = {{"other", {"spring"}}}}, record));
}

TEST(MatchesTest, TimesAreHalfOpen) {
  const Record record = RecordOf({.sent = {50}, .event_time = {100}, .received = {200}});
  const auto range = [](std::int64_t start, std::int64_t end) {
    return query::TimeRange{.start = {{start}}, .end = {{end}}};
  };
  EXPECT_TRUE(Matches({.event_time = range(100, 101)}, record));
  EXPECT_FALSE(Matches({.event_time = range(99, 100)}, record));
  EXPECT_TRUE(Matches({.received_time = range(200, 201)}, record));
  EXPECT_FALSE(Matches({.received_time = range(199, 200)}, record));
  EXPECT_TRUE(Matches({.sent_time = range(50, 51)}, record));
  EXPECT_FALSE(Matches({.sent_time = range(49, 50)}, record));
}

TEST(FilterTermsTest, TypesHaveTermsOnlyWhenAllOfThemDo) {
  const index::Terms terms(BuilderKeys());
  const auto bounces = query::TermsOf(
      {.types = {storage::v1::EVENT_TYPE_BOUNCE, storage::v1::EVENT_TYPE_COMPLAINT}}, terms);
  ASSERT_EQ(bounces.size(), 1U);
  EXPECT_EQ(bounces[0].terms.size(), 2U);
  EXPECT_TRUE(
      query::TermsOf({.types = {storage::v1::EVENT_TYPE_BOUNCE, storage::v1::EVENT_TYPE_DELIVERY}},
                     terms)
          .empty());
  EXPECT_TRUE(query::TermsOf({}, terms).empty());
}

TEST(FilterTermsTest, EachTagIsAFieldOfItsOwnAndAValueCountsOnce) {
  const index::Terms terms(BuilderKeys());
  const auto fields = query::TermsOf(
      {.tags = {{"campaign", {"a", "b", "a"}}, {"ses:operation", {"SendEmail"}}}}, terms);
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].terms.size(), 2U);
  EXPECT_EQ(fields[0].automatic_tag, "");
  EXPECT_EQ(fields[1].automatic_tag, "ses:operation");
}

}  // namespace
}  // namespace mailtrail::test
