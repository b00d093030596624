#include "ingest/ses/types.h"

#include <google/protobuf/descriptor.h>

#include <map>
#include <optional>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/fold.h"
#include "tests/ingest/ses/fixtures.h"
#include "tests/ingest/ses/reading.h"
#include "tests/support/event_builder.h"

namespace mailtrail::ingest::ses {
namespace {

using mail::State;
using test::EventBuilder;

// Every case of Event.detail has to be in here: a new event type is a decision about its rank.
const std::map<std::string, std::optional<State>>& Ranks() {
  static const std::map<std::string, std::optional<State>> ranks = {
      {"send", State::kAccepted},
      {"delivery", State::kDelivered},
      {"delivery_delay", State::kDelayed},
      {"bounce", State::kBounced},
      {"complaint", State::kComplained},
      {"reject", State::kRejected},
      {"rendering_failure", State::kRenderingFailed},
      {"open", std::nullopt},
      {"click", std::nullopt},
      {"subscription", std::nullopt}};
  return ranks;
}

std::string CaseOf(const Event& event) {
  const google::protobuf::FieldDescriptor* const field =
      event.GetReflection()->GetOneofFieldDescriptor(event, Event::descriptor()->oneof_decl(0));
  return field == nullptr ? "" : field->name();
}

TEST(Types, EveryCaseOfTheOneofHasADecoderARankAndAGoldenPair) {
  std::set<std::string> decoded;
  for (const TypeRow& row : TypeTable()) {
    const Decoded event = test::DecodedOf(EventBuilder(row.ses_type).Text());
    EXPECT_EQ(event.type, row.type) << row.ses_type;
    EXPECT_EQ(mail::TypeOf(event.event), row.type) << row.ses_type;
    EXPECT_EQ(event.event.ses_type(), row.ses_type);
    const auto rank = Ranks().find(CaseOf(event.event));
    ASSERT_NE(rank, Ranks().end()) << row.ses_type;
    EXPECT_EQ(mail::RankOf(event.event), rank->second) << row.ses_type;
    decoded.insert(rank->first);
  }
  std::set<std::string> golden;
  for (const test::Fixture& fixture : test::Fixtures()) {
    if (!fixture.textproto.empty()) {
      golden.insert(CaseOf(test::DecodedOf(fixture.json).event));
    }
  }
  const google::protobuf::OneofDescriptor& oneof = *Event::descriptor()->oneof_decl(0);
  ASSERT_EQ(oneof.name(), "detail");
  for (int i = 0; i < oneof.field_count(); ++i) {
    EXPECT_EQ(decoded.count(oneof.field(i)->name()), 1U) << oneof.field(i)->name();
    EXPECT_EQ(golden.count(oneof.field(i)->name()), 1U) << oneof.field(i)->name();
  }
}

TEST(Types, AreFoundByTheExactWord) {
  EXPECT_EQ(FindType("Rendering Failure")->type, storage::v1::EVENT_TYPE_RENDERING_FAILURE);
  for (const std::string_view word : {"RenderingFailure", "bounce", "", "Bounce "}) {
    EXPECT_EQ(FindType(word), nullptr) << word;
  }
}

TEST(Types, OfBothFormsAreReadAlike) {
  for (const TypeRow& row : TypeTable()) {
    const Decoded identity = test::DecodedOf(EventBuilder(row.ses_type).Identity().Text());
    EXPECT_EQ(identity.type, row.type) << row.ses_type;
    EXPECT_EQ(identity.form, storage::v1::FORM_IDENTITY_NOTIFICATION) << row.ses_type;
  }
}

}  // namespace
}  // namespace mailtrail::ingest::ses
