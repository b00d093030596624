#include "storage/index/terms_of.h"

#include <algorithm>
#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/index_set.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_builder.h"

namespace mailtrail::index {
namespace {

using mail::Involvement;
using storage::v1::Event;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::uint16_t kSource = 3;

class TermsOfEvents : public ::testing::Test {
 protected:
  TermsOfEvents() {
    auto set = MakeIndexSet({"ses:operation"}, {"x-order-id"});
    EXPECT_OK(set);
    if (set.ok()) set_ = *std::move(set);
  }

  [[nodiscard]] Term Of(TermKind kind, std::string_view normal) const {
    return terms_.Of(kind, normal);
  }
  [[nodiscard]] TermsOfEvent TermsIn(const Event& event) const {
    return TermsOf(event, kSource, set_, terms_);
  }
  [[nodiscard]] bool Lists(const Event& event, Term term) const {
    return std::ranges::count(TermsIn(event).listings, term) == 1;
  }
  [[nodiscard]] bool Posts(const Event& event, Term term) const {
    return std::ranges::count(TermsIn(event).postings, term, &PostingTerm::term) == 1;
  }
  // The posting's involvement, or none when the term has no posting.
  [[nodiscard]] std::optional<Involvement> InvolvementOf(const Event& event,
                                                         std::string_view address) const {
    const std::vector<PostingTerm> postings = TermsIn(event).postings;
    const auto found =
        std::ranges::find(postings, Of(TermKind::kRecipient, address), &PostingTerm::term);
    if (found == postings.end()) return std::nullopt;
    return found->involvement;
  }

  Terms terms_{test::BuilderKeys()};
  storage::v1::IndexSet set_;
};

TEST_F(TermsOfEvents, OfASendAreThese) {
  const TermsOfEvent found = TermsIn(test::SampleSend(1).event);
  const auto affected = [this](TermKind kind, std::string_view normal) {
    return PostingTerm{Of(kind, normal), Involvement::kAffected};
  };
  EXPECT_THAT(found.postings,
              UnorderedElementsAre(affected(TermKind::kRecipient, "ann@example.com"),
                                   affected(TermKind::kRecipientDomain, "example.com"),
                                   affected(TermKind::kTag, NamedValue("campaign", "spring")),
                                   affected(TermKind::kSender, "news@example.org"),
                                   affected(TermKind::kConfigurationSet, "cs1")));
  EXPECT_THAT(found.listings,
              UnorderedElementsAre(Of(TermKind::kRecipient, "ann@example.com"),
                                   Of(TermKind::kRecipientDomain, "example.com"),
                                   Of(TermKind::kTag, NamedValue("campaign", "spring")),
                                   Of(TermKind::kSender, "news@example.org"),
                                   Of(TermKind::kConfigurationSet, "cs1"),
                                   Of(TermKind::kHeaderMessageId, "a1@example.org"),
                                   Of(TermKind::kSource, SourceValue(kSource)),
                                   Of(TermKind::kUnsettled, ""), Of(TermKind::kAll, "")));
  EXPECT_TRUE(std::ranges::is_sorted(found.postings, {}, &PostingTerm::term));
  EXPECT_TRUE(std::ranges::is_sorted(found.listings));
}

TEST_F(TermsOfEvents, StandWhereTheTableOfKindsSays) {
  Event event = test::SampleBounce(1).event;
  storage::v1::Header& header = *event.add_indexed_headers();
  header.set_name("x-order-id");
  header.set_value("17");
  storage::v1::Tag& tenant = *event.mutable_mail()->add_tags();
  tenant.set_name("ses:tenant-name");
  tenant.add_values("t1");
  event.mutable_mail()->add_destination("bob@example.net");  // So that it stays unsettled.
  const std::map<TermKind, std::string> values = {
      {TermKind::kRecipient, "ann@example.com"},
      {TermKind::kRecipientDomain, "example.com"},
      {TermKind::kTag, NamedValue("campaign", "spring")},
      {TermKind::kHeader, NamedValue("x-order-id", "17")},
      {TermKind::kSender, "news@example.org"},
      {TermKind::kTenant, "t1"},
      {TermKind::kConfigurationSet, "cs1"},
      {TermKind::kType, TypeValue(storage::v1::EVENT_TYPE_BOUNCE)},
      {TermKind::kHeaderMessageId, "a1@example.org"},
      {TermKind::kSource, SourceValue(kSource)},
      {TermKind::kUnsettled, ""},
      {TermKind::kAll, ""}};
  ASSERT_EQ(values.size(), kTermKinds.size());
  for (const TermKindInfo& info : kTermKinds) {
    const Term term = Of(info.kind, values.at(info.kind));
    EXPECT_EQ(Posts(event, term), info.postings) << info.name;
    EXPECT_EQ(Lists(event, term), info.listings) << info.name;
  }
}

TEST_F(TermsOfEvents, TellHowAnAddressIsInvolved) {
  Event event = test::SampleBounce(1).event;
  event.mutable_mail()->add_destination("bob@example.net");
  event.add_named_addresses("boss@example.edu");
  event.add_named_addresses("bob@example.net");
  EXPECT_EQ(InvolvementOf(event, "ann@example.com"), Involvement::kAffected);
  EXPECT_EQ(InvolvementOf(event, "bob@example.net"), Involvement::kAddressed);
  EXPECT_EQ(InvolvementOf(event, "boss@example.edu"), Involvement::kNamed);
  EXPECT_EQ(InvolvementOf(event, "news@example.org"), std::nullopt);
}

TEST_F(TermsOfEvents, OfAnAddressThatOnlyHeadersNameAreItsPostingAlone) {
  Event event = test::SampleSend(1).event;
  event.add_named_addresses("boss@example.edu");
  EXPECT_FALSE(Lists(event, Of(TermKind::kRecipient, "boss@example.edu")));
  EXPECT_FALSE(Lists(event, Of(TermKind::kRecipientDomain, "example.edu")));
  EXPECT_FALSE(Posts(event, Of(TermKind::kRecipientDomain, "example.edu")));
}

TEST_F(TermsOfEvents, GiveADomainItsStrongestInvolvement) {
  Event event = test::SampleBounce(1).event;
  event.mutable_mail()->add_destination("zoe@example.com");
  EXPECT_THAT(TermsIn(event).postings,
              testing::Contains(PostingTerm{Of(TermKind::kRecipientDomain, "example.com"),
                                            Involvement::kAffected}));
}

TEST_F(TermsOfEvents, LeaveOutAutomaticTagsThatNobodyAskedFor) {
  Event event = test::SampleSend(1).event;
  for (const std::string name : {"ses:operation", "ses:source-ip"}) {
    storage::v1::Tag& tag = *event.mutable_mail()->add_tags();
    tag.set_name(name);
    tag.add_values("v");
  }
  EXPECT_TRUE(Posts(event, Of(TermKind::kTag, NamedValue("ses:operation", "v"))));
  EXPECT_FALSE(Posts(event, Of(TermKind::kTag, NamedValue("ses:source-ip", "v"))));
}

TEST_F(TermsOfEvents, TakeEachValueOfATag) {
  Event event = test::SampleSend(1).event;
  event.mutable_mail()->mutable_tags(0)->add_values("autumn");
  EXPECT_TRUE(Posts(event, Of(TermKind::kTag, NamedValue("campaign", "spring"))));
  EXPECT_TRUE(Posts(event, Of(TermKind::kTag, NamedValue("campaign", "autumn"))));
}

TEST_F(TermsOfEvents, LeaveOutWhatACapLeftOut) {
  Event event = test::SampleSend(1).event;
  storage::v1::Header& header = *event.add_indexed_headers();
  header.set_name("x-order-id");
  header.set_value("17");
  const Term tag = Of(TermKind::kTag, NamedValue("campaign", "spring"));
  const Term order = Of(TermKind::kHeader, NamedValue("x-order-id", "17"));
  ASSERT_TRUE(Posts(event, tag) && Lists(event, tag) && Posts(event, order));
  const auto cap = [&event](std::string_view kind, std::string_view name, std::string_view value) {
    storage::v1::CappedTerm& capped = *event.add_capped();
    capped.set_kind(std::string(kind));
    capped.set_name(std::string(name));
    capped.set_value(std::string(value));
  };
  cap("tag", "campaign", "autumn");
  cap("header", "campaign", "spring");
  EXPECT_TRUE(Posts(event, tag)) << "other values are";
  cap("tag", "campaign", "spring");
  EXPECT_FALSE(Posts(event, tag) || Lists(event, tag));
  EXPECT_TRUE(Posts(event, order));
  cap("header", "x-order-id", "17");
  EXPECT_FALSE(Posts(event, order));
}

TEST_F(TermsOfEvents, NormaliseWhatSesWrote) {
  Event event = test::SampleSend(1).event;
  event.mutable_mail()->set_source("News <NEWS@Example.ORG>");
  event.mutable_mail()->set_destination(0, "Ann@Example.COM");
  event.mutable_mail()->set_header_message_id(" <a1@example.org> ");
  EXPECT_EQ(TermsIn(event).postings, TermsIn(test::SampleSend(1).event).postings);
  EXPECT_EQ(TermsIn(event).listings, TermsIn(test::SampleSend(1).event).listings);
}

TEST_F(TermsOfEvents, AreUnsettledUnlessTheEventDecidesEveryRecipient) {
  const Term unsettled = Of(TermKind::kUnsettled, "");
  Event event = test::SampleBounce(1).event;
  EXPECT_FALSE(Lists(event, unsettled));
  event.mutable_mail()->add_destination("bob@example.net");
  EXPECT_TRUE(Lists(event, unsettled));
  event.mutable_open();
  EXPECT_FALSE(Lists(event, unsettled)) << "engagement settles nothing and opens nothing";
}

TEST_F(TermsOfEvents, OfAnEventThatSaysNothingAreItsTypeItsSourceAndAll) {
  const TermsOfEvent found = TermsIn(Event());
  EXPECT_THAT(found.postings, testing::ElementsAre(PostingTerm{
                                  Of(TermKind::kType, TypeValue(storage::v1::EVENT_TYPE_OTHER)),
                                  Involvement::kAffected}));
  EXPECT_EQ(found.listings.size(), 4U) << "type, source, unsettled, all";
}

TEST_F(TermsOfEvents, OfKindsThatTheSetDoesNotHaveAreAbsent) {
  set_.clear_built_in_kinds();
  set_.add_built_in_kinds(static_cast<std::uint32_t>(TermKind::kAll));
  const TermsOfEvent found = TermsIn(test::SampleSend(1).event);
  EXPECT_THAT(found.postings, IsEmpty());
  EXPECT_THAT(found.listings, testing::ElementsAre(Of(TermKind::kAll, "")));
}

}  // namespace
}  // namespace mailtrail::index
