#include "storage/index/term.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/support/store_builder.h"

namespace mailtrail::index {
namespace {

// Also worked out with another SipHash and HKDF than OpenSSL's.
TEST(Term, HasTheseHashesForEver) {
  const Terms terms(test::BuilderKeys());
  const auto hash = [&](TermKind kind, std::string_view normal) {
    std::string bytes;
    for (std::uint64_t rest = terms.Of(kind, normal).hash, i = 0; i < 8; ++i, rest <<= 8) {
      bytes.push_back(static_cast<char>(rest >> 56));
    }
    return HexEncode(bytes);
  };
  EXPECT_EQ(hash(TermKind::kRecipient, "ann@example.com"), "4a6a74597974151b");
  EXPECT_EQ(hash(TermKind::kTag, NamedValue("campaign", "spring")), "1a288a581d2a2f41");
  EXPECT_EQ(hash(TermKind::kType, TypeValue(storage::v1::EVENT_TYPE_BOUNCE)), "17e088fca41fb0d9");
  EXPECT_EQ(hash(TermKind::kSource, SourceValue(1)), "397f57e4685c1ecd");
  EXPECT_EQ(hash(TermKind::kAll, ""), "4763e6d42b54b37f");
}

TEST(Term, NormalFormsThatAreNoTextHaveTheseBytes) {
  EXPECT_EQ(HexEncode(NamedValue("ab", "c")), "61620063");
  EXPECT_EQ(HexEncode(TypeValue(storage::v1::EVENT_TYPE_SUBSCRIPTION)), "0b");
  EXPECT_EQ(HexEncode(SourceValue(0x0102)), "0102");
}

TEST(Term, OfOneKindIsNotThatOfAnother) {
  const Terms terms(test::BuilderKeys());
  std::set<Term> seen;
  for (const TermKindInfo& info : kTermKinds) seen.insert(terms.Of(info.kind, "x"));
  EXPECT_EQ(seen.size(), kTermKinds.size());
  EXPECT_NE(terms.Of(TermKind::kTag, NamedValue("a", "bc")),
            terms.Of(TermKind::kTag, NamedValue("ab", "c")));
}

TEST(Term, TypesThatAreMostOfTheLogHaveNone) {
  for (int i = storage::v1::EVENT_TYPE_OTHER; i <= storage::v1::EVENT_TYPE_SUBSCRIPTION; ++i) {
    const auto type = static_cast<storage::v1::EventType>(i);
    const bool frequent =
        type == storage::v1::EVENT_TYPE_SEND || type == storage::v1::EVENT_TYPE_DELIVERY ||
        type == storage::v1::EVENT_TYPE_OPEN || type == storage::v1::EVENT_TYPE_CLICK;
    EXPECT_EQ(HasTypeTerm(type), !frequent) << i;
  }
}

TEST(Term, KindsAreFoundByTheirNumber) {
  for (const TermKindInfo& info : kTermKinds) EXPECT_EQ(&InfoOf(info.kind), &info);
}

}  // namespace
}  // namespace mailtrail::index
