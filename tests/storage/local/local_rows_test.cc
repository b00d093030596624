// Golden bytes and reading of the families that are not derived from the log.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/kv/memory/store.h"
#include "storage/local/certificates.h"
#include "storage/local/quarantine.h"
#include "storage/local/sources.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_builder.h"
#include "tests/support/store_rows.h"

namespace mailtrail::local {
namespace {

using kv::FamilyId;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class LocalRows : public ::testing::Test {
 protected:
  void Write(const kv::Batch& batch) { ASSERT_OK(store_.Write(batch, kv::Durability::kSynced)); }
  void Put(FamilyId family, std::string_view key, std::string_view value) {
    kv::Batch batch;
    batch.Put(family, key, value);
    Write(batch);
  }
  // What `list` makes of the store.
  template <typename List>
  auto Read(List list) {
    const auto snapshot = store_.TakeSnapshot();
    EXPECT_OK(snapshot);
    return list(**snapshot);
  }

  kv::memory::MemoryStore store_;
};

constexpr std::string_view kNoProtobuf = "\xff";

TEST_F(LocalRows, OfSourcesHaveTheseBytesAndComeByNumber) {
  kv::Batch batch;
  for (const std::uint16_t number : std::vector<std::uint16_t>{0x0102, 0x0002}) {
    SourceRow row;
    row.number = number;
    row.source.set_name(Cat("s", number));
    PutSource(row, batch);
  }
  Write(batch);
  EXPECT_THAT(
      test::RowsOf(store_, FamilyId::kSources),
      ElementsAre(Pair(std::string("\0\2", 2), "\x0a\x02s2"), Pair("\1\2", "\x0a\x04s258")));
  MT_ASSERT_OK_AND_ASSIGN(const std::vector<SourceRow> rows, Read(ListSources));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].number, 2);
  EXPECT_EQ(rows[1].number, 0x0102);
  EXPECT_EQ(rows[1].source.name(), "s258");
}

TEST_F(LocalRows, OfSourcesThatCannotBeReadAreDataLoss) {
  Put(FamilyId::kSources, "123", "");
  EXPECT_THAT(Read(ListSources), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("sources")));
}

TEST_F(LocalRows, OfAnyFamilyWithoutAReadableValueAreDataLoss) {
  Put(FamilyId::kSources, "12", kNoProtobuf);
  Put(FamilyId::kCertificates, "url", kNoProtobuf);
  Put(FamilyId::kQuarantine, "0123456789abcdef", kNoProtobuf);
  EXPECT_THAT(Read(ListSources),
              StatusIs(absl::StatusCode::kDataLoss, "a row of sources cannot be read"));
  EXPECT_THAT(Read(ListCertificates),
              StatusIs(absl::StatusCode::kDataLoss, "a row of certificates cannot be read"));
  EXPECT_THAT(Read(ListQuarantine),
              StatusIs(absl::StatusCode::kDataLoss, "a row of quarantine cannot be read"));
}

TEST_F(LocalRows, OfCertificatesHaveTheseBytesAndCanGo) {
  CertificateRow row;
  row.url = "https://sns.eu-west-1.amazonaws.com/a.pem";
  row.certificate.set_pem("PEM");
  row.certificate.set_fetched_ms(5);
  kv::Batch batch;
  PutCertificate(row, batch);
  Write(batch);
  EXPECT_THAT(test::RowsOf(store_, FamilyId::kCertificates),
              ElementsAre(Pair(row.url, "\x0a\x03PEM\x10\x05")));
  MT_ASSERT_OK_AND_ASSIGN(const std::vector<CertificateRow> rows, Read(ListCertificates));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].url, row.url);
  EXPECT_EQ(rows[0].certificate.pem(), "PEM");

  batch.Clear();
  DeleteCertificate(row.url, batch);
  Write(batch);
  EXPECT_THAT(Read(ListCertificates), test::IsOkAndHolds(IsEmpty()));
}

// Also worked out with another SipHash and HKDF than OpenSSL's.
TEST(PushKey, HasTheseBytesForEver) {
  const StoreKeys keys = test::BuilderKeys();
  const auto hex = [&](std::string_view topic, std::string_view id) {
    const PushKey key = PushKeyOf(keys, topic, id);
    return HexEncode({key.data(), key.size()});
  };
  EXPECT_EQ(hex("arn:aws:sns:eu-west-1:123456789012:ses", "95df01b4-ee98-5cb9-9903-4c221d41eb5e"),
            "574b77188213952fcf25b28fec473d30");
  EXPECT_NE(hex("ab", "c"), hex("a", "bc"));
}

TEST_F(LocalRows, OfQuarantineAreOneAPushAndCanGo) {
  QuarantineRow row;
  row.key = PushKeyOf(test::BuilderKeys(), "topic", "id");
  row.push.set_topic_arn("topic");
  row.push.set_message("{}");
  kv::Batch batch;
  PutQuarantined(row, batch);
  PutQuarantined(row, batch);
  Write(batch);
  EXPECT_THAT(test::RowsOf(store_, FamilyId::kQuarantine),
              ElementsAre(Pair(std::string(row.key.data(), row.key.size()),
                               "\x0a\x05topic"
                               "\x42\x02{}")));
  const auto get = [&](const kv::Snapshot& snapshot) { return GetQuarantined(snapshot, row.key); };
  MT_ASSERT_OK_AND_ASSIGN(const QuarantineRow got, Read(get));
  EXPECT_EQ(got.key, row.key);
  EXPECT_EQ(got.push.message(), "{}");
  MT_ASSERT_OK_AND_ASSIGN(const std::vector<QuarantineRow> rows, Read(ListQuarantine));
  EXPECT_EQ(rows.size(), 1U);

  batch.Clear();
  DeleteQuarantined(row.key, batch);
  Write(batch);
  EXPECT_THAT(Read(get), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(LocalRows, OfQuarantineUnderNoPushKeyAreDataLoss) {
  Put(FamilyId::kQuarantine, "short", "");
  EXPECT_THAT(Read(ListQuarantine), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("quarantine")));
}

}  // namespace
}  // namespace mailtrail::local
