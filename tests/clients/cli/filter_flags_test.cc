#include "clients/cli/filter_flags.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::cli {
namespace {

using test::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// 2026-11-24T12:00:00Z.
constexpr UnixMillis kNow{1'795'521'600'000};

// The filter that a command line of these words makes.
absl::StatusOr<v1::EventFilter> FilterOf(std::vector<std::string> words) {
  CLI::App app("test");
  EventFilterFlags flags;
  flags.AddTo(app);
  std::reverse(words.begin(), words.end());  // As CLI11 wants them.
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return absl::UnknownError(error.what());
  }
  return flags.Filter(kNow);
}

void ExpectFilter(const std::vector<std::string>& words, const std::string& text) {
  const auto filter = FilterOf(words);
  ASSERT_OK(filter.status()) << testing::PrintToString(words);
  v1::EventFilter wanted;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &wanted)) << text;
  wanted.mutable_mail();  // Always there.
  EXPECT_EQ(filter->DebugString(), wanted.DebugString()) << testing::PrintToString(words);
}

TEST(FilterFlags, WithoutAnyDoNotRestrict) { ExpectFilter({}, ""); }

TEST(FilterFlags, EachSetsItsField) {
  ExpectFilter({"--recipient", "ann@example.com"}, "mail {recipients: 'ann@example.com'}");
  ExpectFilter({"--domain", "example.com"}, "mail {recipient_domains: 'example.com'}");
  ExpectFilter({"--sender", "news@example.org"}, "mail {senders: 'news@example.org'}");
  ExpectFilter({"--message-id", "0107-1"}, "mail {message_ids: '0107-1'}");
  ExpectFilter({"--header-id", "<a@b>"}, "mail {header_message_ids: '<a@b>'}");
  ExpectFilter({"--configuration-set", "cs1"}, "mail {configuration_sets: 'cs1'}");
  ExpectFilter({"--source", "prod-eu"}, "mail {sources: 'prod-eu'}");
  ExpectFilter({"--account", "123456789012"}, "mail {account_ids: '123456789012'}");
  ExpectFilter({"--region", "eu-west-1"}, "mail {regions: 'eu-west-1'}");
  ExpectFilter({"--tenant", "acme"}, "mail {tenants: 'acme'}");
  ExpectFilter({"--tag", "campaign=spring"}, "mail {tags {name: 'campaign' values: 'spring'}}");
  ExpectFilter({"--header", "X-Order=7"}, "mail {headers {name: 'X-Order' values: '7'}}");
  ExpectFilter({"--type", "bounce"}, "types: EVENT_TYPE_BOUNCE");
  ExpectFilter({"--form", "identity-notification"}, "forms: FORM_IDENTITY_NOTIFICATION");
  ExpectFilter({"--since", "24h"}, "event_time {start {seconds: 1795435200}}");
  ExpectFilter({"--until", "2026-11-24T09:00:00.5"},
               "event_time {end {seconds: 1795510800 nanos: 500000000}}");
}

TEST(FilterFlags, ARepeatedFlagGathersItsValues) {
  ExpectFilter({"--recipient", "a@x.org", "--type", "open", "--recipient", "b@x.org"},
               "mail {recipients: 'a@x.org' recipients: 'b@x.org'} types: EVENT_TYPE_OPEN");
}

TEST(FilterFlags, TakeOneValueEach) {
  EXPECT_THAT(FilterOf({"--recipient", "a@x.org", "b@x.org"}),
              StatusIs(absl::StatusCode::kUnknown, HasSubstr("b@x.org")));
}

TEST(FilterFlags, TagsOfOneNameAreOneTermAndOfSeveralNamesSeveral) {
  ExpectFilter({"--tag", "k=1", "--tag", "campaign=spring", "--tag", "k=2"},
               "mail {tags {name: 'campaign' values: 'spring'}"
               "      tags {name: 'k' values: '1' values: '2'}}");
}

TEST(FilterFlags, ValuesMayHoldAnything) {
  ExpectFilter({"--tag", "k=a=b"}, "mail {tags {name: 'k' values: 'a=b'}}");
  ExpectFilter({"--tag", "k="}, "mail {tags {name: 'k' values: ''}}");
  ExpectFilter({"--tag", "k=[a,b] c"}, "mail {tags {name: 'k' values: '[a,b] c'}}");
  ExpectFilter({"--recipient", "[a,b]"}, "mail {recipients: '[a,b]'}");
  ExpectFilter({"--recipient=-odd@example.com"}, "mail {recipients: '-odd@example.com'}");
}

TEST(FilterFlags, TypesAreWrittenAsPeopleWriteThem) {
  for (const char* text : {"rendering-failure", "Rendering Failure", "RENDERING_FAILURE"}) {
    ExpectFilter({"--type", text}, "types: EVENT_TYPE_RENDERING_FAILURE");
  }
}

TEST(FilterFlags, HelpNamesEveryTypeAndForm) {
  CLI::App app("test");
  EventFilterFlags flags;
  flags.AddTo(app);
  const std::string help = app.help();
  const auto check = [&](const google::protobuf::EnumDescriptor* values, std::string_view prefix) {
    for (int i = 1; i < values->value_count(); ++i) {
      std::string name = AsciiLower(values->value(i)->name().substr(prefix.size()));
      std::replace(name.begin(), name.end(), '_', '-');
      EXPECT_THAT(help, HasSubstr(name));
    }
  };
  check(v1::EventType_descriptor(), "EVENT_TYPE_");
  check(v1::Form_descriptor(), "FORM_");
}

void ExpectRefused(const std::vector<std::string>& words, const std::string& part) {
  EXPECT_THAT(FilterOf(words), StatusIs(absl::StatusCode::kInvalidArgument,
                                        AllOf(HasSubstr(part), Not(HasSubstr("\n")))))
      << testing::PrintToString(words);
}

TEST(FilterFlags, RefuseABadValueInOneSentence) {
  ExpectRefused({"--tag", "campaign"}, "--tag: 'campaign' must be name=value");
  ExpectRefused({"--tag", "=spring"}, "--tag: '=spring' must be name=value");
  ExpectRefused({"--header", "X-Order"}, "--header: 'X-Order' must be name=value");
  ExpectRefused({"--type", "bonce"}, "--type: 'bonce' is none of other, send, delivery,");
  ExpectRefused({"--type", "unspecified"}, "--type: 'unspecified' is none of");
  ExpectRefused({"--form", "sns"},
                "--form: 'sns' is none of event-publishing, identity-notification");
  ExpectRefused({"--since", "yesterday"}, "--since: 'yesterday'");
  ExpectRefused({"--until", "tomorrow"}, "--until: 'tomorrow'");
}

TEST(FilterFlags, RefuseAnEndThatIsNotBehindTheStart) {
  ExpectRefused({"--since", "2026-11-24", "--until", "2026-11-23"},
                "--until must be after --since");
  ExpectRefused({"--since", "2026-11-24", "--until", "2026-11-24T00:00:00Z"},
                "--until must be after --since");
  ExpectRefused({"--since", "1h", "--until", "2h"}, "--until must be after --since");
}

}  // namespace
}  // namespace mailtrail::cli
