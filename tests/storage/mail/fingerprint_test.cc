#include "storage/mail/fingerprint.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

constexpr std::string_view kId = "0107017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000";
constexpr std::string_view kSend = R"({"eventType":"Send","send":{}})";

Fingerprint Of(std::string_view id, std::string_view canonical) {
  return Fingerprints(test::TestKeys()).Of(id, canonical);
}

// Computed apart from our code, as the golden message keys.
TEST(Fingerprint, HasFrozenBytes) {
  EXPECT_EQ(HexEncode(Of(kId, kSend).view()), "c849e24d7806e432f6bf");
  EXPECT_EQ(HexEncode(Of(kId, "").view()), "04267540b6d0d7c9c78a");
  EXPECT_EQ(HexEncode(Of("a", "b").view()), "8c899f95ed88f354038a");
}

TEST(Fingerprint, KnowsWhereTheIdEnds) { EXPECT_NE(Of("ab", "c"), Of("a", "bc")); }

TEST(EventId, IsTheMessageIdAndTheFingerprintInBase32) {
  EXPECT_EQ(FormatEventId(kId, Of(kId, kSend)), Cat(kId, "-zbe6etlya3sdf5v7"));
}

TEST(EventId, ReadsBackWhatWasFormatted) {
  for (const std::string_view id : {kId, std::string_view("a"), std::string_view("-.-"),
                                    std::string_view("a-zbe6etlya3sdf5v7")}) {
    const EventId expected{.message_id = std::string(id), .fingerprint = Of(id, kSend)};
    EXPECT_EQ(ParseEventId(FormatEventId(id, expected.fingerprint)), expected) << id;
  }
}

TEST(EventId, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "-", "zbe6etlya3sdf5v7", "-zbe6etlya3sdf5v7", "a-zbe6etlya3sdf5v",
        "a-zbe6etlya3sdf5v77", "a-ZBE6ETLYA3SDF5V7", "a-zbe6etlya3sdf5v1", "a_zbe6etlya3sdf5v7",
        "a b-zbe6etlya3sdf5v7"}) {
    EXPECT_EQ(ParseEventId(text), std::nullopt) << text;
  }
  EXPECT_EQ(ParseEventId(std::string(129, 'a') + "-zbe6etlya3sdf5v7"), std::nullopt);
}

}  // namespace
}  // namespace mailtrail::mail
