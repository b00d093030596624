#include "server/api/event_filter.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "tests/server/api/reasons.h"
#include "tests/support/api_world.h"

namespace mailtrail::server::api {
namespace {

using test::Failed;
using test::MetadataOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

const test::FakeDirectory kDirectory;
const std::vector<std::string> kIndexed = {"x-order-id"};

absl::StatusOr<query::EventFilter> Read(const v1::EventFilter& filter) {
  return ToEventFilter(filter, {kDirectory, kIndexed});
}

TEST(EventFilter, OfNothingAsksForEverything) {
  MT_ASSERT_OK_AND_ASSIGN(const query::EventFilter filter, Read({}));
  EXPECT_EQ(filter, query::EventFilter());
}

TEST(EventFilter, BringsEachFieldToItsNormalForm) {
  v1::EventFilter filter;
  v1::MailFilter& mail = *filter.mutable_mail();
  mail.add_message_ids("<0107-1@eu-west-1.amazonses.com>");
  mail.add_message_ids("0107-1");
  mail.add_recipients("Ann <Ann@M\xC3\x9CNCHEN.example>");
  mail.add_recipient_domains("Example.COM.");
  mail.add_senders("News@Example.org");
  mail.add_tenants("Tenant");
  mail.add_header_message_ids("<Abc@example.org>");
  mail.add_configuration_sets("cs1");
  v1::TagFilter& tag = *mail.add_tags();
  tag.set_name("Campaign");
  tag.add_values("Spring");
  v1::HeaderFilter& header = *mail.add_headers();
  header.set_name("X-Order-ID");
  header.add_values(" 17 ");
  filter.add_types(v1::EVENT_TYPE_BOUNCE);
  filter.add_types(v1::EVENT_TYPE_BOUNCE);
  filter.add_forms(v1::FORM_IDENTITY_NOTIFICATION);
  *filter.mutable_event_time()->mutable_start() = ToTimestamp({1});
  *filter.mutable_received_time()->mutable_end() = ToTimestamp({2});
  *mail.mutable_sent_time()->mutable_start() = ToTimestamp({3});

  MT_ASSERT_OK_AND_ASSIGN(const query::EventFilter read, Read(filter));
  const query::EventFilter expected{
      .message_ids = {"0107-1"},
      .recipients = {"ann@xn--mnchen-3ya.example"},
      .recipient_domains = {"example.com"},
      .senders = {"news@example.org"},
      .tags = {{.name = "Campaign", .values = {"Spring"}}},
      .headers = {{.name = "x-order-id", .values = {"17"}}},
      .tenants = {"Tenant"},
      .configuration_sets = {"cs1"},
      .header_message_ids = {"Abc@example.org"},
      .sources = {},
      .types = {storage::v1::EVENT_TYPE_BOUNCE},
      .forms = {storage::v1::FORM_IDENTITY_NOTIFICATION},
      .event_time = {.start = UnixMillis{1}, .end = {}},
      .received_time = {.start = {}, .end = UnixMillis{2}},
      .sent_time = {.start = UnixMillis{3}, .end = {}},
  };
  EXPECT_EQ(read, expected);
}

TEST(EventFilter, SourcesAccountsAndRegionsBecomeNumbers) {
  const auto numbers = [](const std::function<void(v1::MailFilter&)>& fill) {
    v1::EventFilter filter;
    fill(*filter.mutable_mail());
    const auto read = Read(filter);
    EXPECT_OK(read);
    return read.ok() ? read->sources : std::nullopt;
  };
  EXPECT_THAT(numbers([](auto& mail) { mail.add_sources("prod-eu"); }), Optional(ElementsAre(1)));
  EXPECT_THAT(numbers([](auto& mail) { mail.add_account_ids("444455556666"); }),
              Optional(ElementsAre(2)));
  EXPECT_THAT(numbers([](auto& mail) {
                mail.add_regions("eu-west-1");
                mail.add_regions("us-east-1");
              }),
              Optional(ElementsAre(1, 2)));
  EXPECT_THAT(numbers([](auto& mail) {
                mail.add_sources("prod-eu");
                mail.add_regions("us-east-1");
              }),
              Optional(IsEmpty()));
}

struct BadFilter {
  std::string name;
  std::function<void(v1::EventFilter&)> fill;
  v1::ErrorReason reason;
  std::string field;
};

void AddMany(int count, const std::function<void(std::string)>& add) {
  for (int i = 0; i < count; ++i) add(absl::StrCat("v", i));
}

std::vector<BadFilter> BadValues() {
  using F = v1::EventFilter;
  const auto invalid = v1::ERROR_REASON_FIELD_INVALID;
  const auto required = v1::ERROR_REASON_FIELD_REQUIRED;
  const std::string long_value(kFilterValueBytesMax + 1, 'x');
  return {
      {"a text that is no message id", [](F& f) { f.mutable_mail()->add_message_ids("a b"); },
       invalid, "filter.mail.message_ids"},
      {"a Message-ID of another domain",
       [](F& f) { f.mutable_mail()->add_message_ids("<a@example.org>"); }, invalid,
       "filter.mail.message_ids"},
      {"an empty recipient", [](F& f) { f.mutable_mail()->add_recipients(""); }, invalid,
       "filter.mail.recipients"},
      {"a recipient of brackets", [](F& f) { f.mutable_mail()->add_recipients("<>"); }, invalid,
       "filter.mail.recipients"},
      {"an empty domain", [](F& f) { f.mutable_mail()->add_recipient_domains("."); }, invalid,
       "filter.mail.recipient_domains"},
      {"an empty sender", [](F& f) { f.mutable_mail()->add_senders(" "); }, invalid,
       "filter.mail.senders"},
      {"an empty tenant", [](F& f) { f.mutable_mail()->add_tenants(""); }, invalid,
       "filter.mail.tenants"},
      {"an empty header Message-ID", [](F& f) { f.mutable_mail()->add_header_message_ids("<>"); },
       invalid, "filter.mail.header_message_ids"},
      {"an empty configuration set", [](F& f) { f.mutable_mail()->add_configuration_sets(""); },
       invalid, "filter.mail.configuration_sets"},
      {"an empty source", [](F& f) { f.mutable_mail()->add_sources(""); }, invalid,
       "filter.mail.sources"},
      {"an account of 11 digits", [](F& f) { f.mutable_mail()->add_account_ids("12345678901"); },
       invalid, "filter.mail.account_ids"},
      {"an account with a letter", [](F& f) { f.mutable_mail()->add_account_ids("12345678901x"); },
       invalid, "filter.mail.account_ids"},
      {"an empty region", [](F& f) { f.mutable_mail()->add_regions(""); }, invalid,
       "filter.mail.regions"},
      {"a value that is too long", [=](F& f) { f.mutable_mail()->add_recipients(long_value); },
       invalid, "filter.mail.recipients"},
      {"a tag without name", [](F& f) { f.mutable_mail()->add_tags()->add_values("v"); }, required,
       "filter.mail.tags.name"},
      {"a tag without values", [](F& f) { f.mutable_mail()->add_tags()->set_name("n"); }, required,
       "filter.mail.tags.values"},
      {"a tag name that is too long",
       [=](F& f) {
         v1::TagFilter& tag = *f.mutable_mail()->add_tags();
         tag.set_name(long_value);
         tag.add_values("v");
       },
       invalid, "filter.mail.tags.name"},
      {"a tag value that is too long",
       [=](F& f) {
         v1::TagFilter& tag = *f.mutable_mail()->add_tags();
         tag.set_name("n");
         tag.add_values(long_value);
       },
       invalid, "filter.mail.tags.values"},
      {"a header without name", [](F& f) { f.mutable_mail()->add_headers()->add_values("v"); },
       required, "filter.mail.headers.name"},
      {"a header without values",
       [](F& f) { f.mutable_mail()->add_headers()->set_name("X-Order-Id"); }, required,
       "filter.mail.headers.values"},
      {"the type UNSPECIFIED", [](F& f) { f.add_types(v1::EVENT_TYPE_UNSPECIFIED); }, invalid,
       "filter.types"},
      {"the form UNSPECIFIED", [](F& f) { f.add_forms(v1::FORM_UNSPECIFIED); }, invalid,
       "filter.forms"},
      {"a time that is none", [](F& f) { f.mutable_event_time()->mutable_start()->set_nanos(-1); },
       invalid, "filter.event_time.start"},
      {"an end that is no time",
       [](F& f) { f.mutable_mail()->mutable_sent_time()->mutable_end()->set_nanos(-1); }, invalid,
       "filter.mail.sent_time.end"},
      {"an end at the start",
       [](F& f) {
         *f.mutable_received_time()->mutable_start() = ToTimestamp({5});
         *f.mutable_received_time()->mutable_end() = ToTimestamp({5});
       },
       invalid, "filter.received_time.end"},
  };
}

std::vector<BadFilter> TooManyValues() {
  using F = v1::EventFilter;
  const auto too_many = v1::ERROR_REASON_TOO_MANY_VALUES;
  constexpr int kOver = static_cast<int>(kFilterFieldValuesMax) + 1;
  return {
      {"recipients over the limit",
       [](F& f) { AddMany(kOver, [&](auto v) { f.mutable_mail()->add_recipients(v); }); }, too_many,
       "filter.mail.recipients"},
      {"sources over the limit",
       [](F& f) { AddMany(kOver, [&](auto v) { f.mutable_mail()->add_sources(v); }); }, too_many,
       "filter.mail.sources"},
      {"tags over the limit",
       [](F& f) {
         AddMany(kOver, [&](auto v) {
           v1::TagFilter& tag = *f.mutable_mail()->add_tags();
           tag.set_name(v);
           tag.add_values(v);
         });
       },
       too_many, "filter.mail.tags"},
      {"a tag's values over the limit",
       [](F& f) {
         v1::TagFilter& tag = *f.mutable_mail()->add_tags();
         tag.set_name("n");
         AddMany(kOver, [&](auto v) { tag.add_values(v); });
       },
       too_many, "filter.mail.tags.values"},
      {"headers over the limit",
       [](F& f) { AddMany(kOver, [&](auto) { f.mutable_mail()->add_headers(); }); }, too_many,
       "filter.mail.headers"},
      {"types over the limit",
       [](F& f) { AddMany(kOver, [&](auto) { f.add_types(v1::EVENT_TYPE_OPEN); }); }, too_many,
       "filter.types"},
      {"all fields together over the limit",
       [](F& f) {
         AddMany(16, [&](auto v) { f.mutable_mail()->add_recipients(v); });
         AddMany(16, [&](auto v) { f.mutable_mail()->add_senders(v); });
         f.mutable_mail()->add_tenants("one more");
       },
       too_many, "filter.mail"},
  };
}

std::vector<BadFilter> UnknownThings() {
  using F = v1::EventFilter;
  const auto unsupported = v1::ERROR_REASON_FILTER_FIELD_UNSUPPORTED;
  const auto add_unknown = [](google::protobuf::Message& message) {
    message.GetReflection()->MutableUnknownFields(&message)->AddVarint(1000, 1);
  };
  return {
      {"an unknown field", [=](F& f) { add_unknown(f); }, unsupported, "filter"},
      {"an unknown field of the mail", [=](F& f) { add_unknown(*f.mutable_mail()); }, unsupported,
       "filter"},
      {"an unknown field of the second tag",
       [=](F& f) {
         f.mutable_mail()->add_tags();
         add_unknown(*f.mutable_mail()->add_tags());
       },
       unsupported, "filter"},
      {"an unknown field of a time",
       [=](F& f) { add_unknown(*f.mutable_event_time()->mutable_end()); }, unsupported, "filter"},
      {"an unknown type", [](F& f) { f.add_types(static_cast<v1::EventType>(99)); }, unsupported,
       "filter.types"},
      {"an unknown form", [](F& f) { f.add_forms(static_cast<v1::Form>(99)); }, unsupported,
       "filter.forms"},
      {"an unknown source", [](F& f) { f.mutable_mail()->add_sources("nowhere"); },
       v1::ERROR_REASON_SOURCE_UNKNOWN, "filter.mail.sources"},
      {"a header that is not indexed",
       [](F& f) {
         v1::HeaderFilter& header = *f.mutable_mail()->add_headers();
         header.set_name("X-Other");
         header.add_values("v");
       },
       v1::ERROR_REASON_HEADER_NOT_INDEXED, "filter.mail.headers"},
  };
}

void ExpectRefused(const std::vector<BadFilter>& bad_filters) {
  for (const BadFilter& bad : bad_filters) {
    v1::EventFilter filter;
    bad.fill(filter);
    const auto read = Read(filter);
    EXPECT_THAT(read, Failed(bad.reason)) << bad.name;
    EXPECT_EQ(MetadataOf(read.status(), "field"), bad.field) << bad.name;
  }
}

TEST(EventFilter, RefusesValuesThatCannotBe) { ExpectRefused(BadValues()); }
TEST(EventFilter, RefusesTooManyValues) { ExpectRefused(TooManyValues()); }
TEST(EventFilter, RefusesWhatItDoesNotKnow) { ExpectRefused(UnknownThings()); }

TEST(EventFilter, TakesAsMuchAsTheLimitsSay) {
  v1::EventFilter filter;
  AddMany(16, [&](auto v) { filter.mutable_mail()->add_recipients(v); });
  AddMany(15, [&](auto v) { filter.mutable_mail()->add_senders(v); });
  filter.mutable_mail()->add_tenants(std::string(kFilterValueBytesMax, 'x'));
  EXPECT_OK(Read(filter));
}

TEST(EventFilter, CannotBeWatchedByHeaderMessageIdsAlone) {
  const index::Preparer preparer(test::BuilderKeys());
  query::EventFilter filter{.header_message_ids = {"abc@example.org"}};
  EXPECT_THAT(CheckWatchable(filter, preparer), Failed(v1::ERROR_REASON_FILTER_NOT_WATCHABLE));
  filter.sources = {1};
  EXPECT_THAT(CheckWatchable(filter, preparer), Failed(v1::ERROR_REASON_FILTER_NOT_WATCHABLE));
  filter.recipients = {"ann@example.com"};
  EXPECT_OK(CheckWatchable(filter, preparer));
  filter.recipients.clear();
  filter.message_ids = {"m1"};
  EXPECT_OK(CheckWatchable(filter, preparer));
  EXPECT_OK(CheckWatchable({}, preparer));
}

}  // namespace
}  // namespace mailtrail::server::api
