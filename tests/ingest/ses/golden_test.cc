// Each fixture decodes to the event in the text proto beside it, which was checked by hand.

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <string>

#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/mail/event_facts.h"
#include "tests/ingest/ses/fixtures.h"
#include "tests/ingest/ses/reading.h"

namespace mailtrail::ingest::ses {
namespace {

class Golden : public testing::TestWithParam<test::Fixture> {};

TEST_P(Golden, DecodesToTheEventBesideIt) {
  const test::Fixture& fixture = GetParam();
  ASSERT_NE(fixture.textproto.empty(), fixture.outcome.empty()) << "needs one of the two";
  if (!fixture.outcome.empty()) {
    EXPECT_EQ(test::OutcomeOf(fixture.json) + "\n", fixture.outcome);
    return;
  }
  const Decoded decoded = test::DecodedOf(fixture.json);
  storage::v1::Event expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(fixture.textproto, &expected));
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(decoded.event, expected))
      << "decoded:\n"
      << decoded.event.DebugString();
  EXPECT_EQ(decoded.type, mail::TypeOf(expected));
  EXPECT_EQ(decoded.form, fixture.name.starts_with("event/")
                              ? storage::v1::FORM_EVENT_PUBLISHING
                              : storage::v1::FORM_IDENTITY_NOTIFICATION);
}

std::string TestName(const testing::TestParamInfo<test::Fixture>& fixture) {
  std::string name = fixture.param.name;
  for (char& c : name) {
    c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Golden, testing::ValuesIn(test::Fixtures()), TestName);

}  // namespace
}  // namespace mailtrail::ingest::ses
