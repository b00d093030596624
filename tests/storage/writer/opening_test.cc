#include "storage/writer/opening.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/codec.h"
#include "storage/index/index_set.h"
#include "storage/kv/memory/store.h"
#include "storage/log/local_log.h"
#include "storage/log/record.h"
#include "storage/writer/limits.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_rows.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::writer {
namespace {

using kv::FamilyId;
using test::StatusIs;
using When = test::FaultyStore::When;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kRefused = absl::StatusCode::kFailedPrecondition;
constexpr std::uint32_t kStart = SecondOf(test::FakeClock::kStart);

class Opening : public ::testing::Test {
 protected:
  absl::StatusOr<Opened> Open() { return OpenStore(store_, options_, clock_); }

  void Put(FamilyId family, std::string_view key, std::string_view value) {
    kv::Batch batch;
    batch.Put(family, key, value);
    ASSERT_OK(store_.inner().Write(batch, kv::Durability::kSynced));
  }
  void PutAccepting(const log::Accepting& accepting) {
    kv::Batch batch;
    log::PutAccepting(accepting, batch);
    ASSERT_OK(store_.inner().Write(batch, kv::Durability::kSynced));
  }

  log::Meta Stored() {
    const auto snapshot = store_.inner().TakeSnapshot();
    const auto meta = log::ReadMeta(**snapshot);
    EXPECT_OK(meta);
    return meta.ok() ? meta->value_or(log::Meta{}) : log::Meta{};
  }

  // The log's only record is the CONTROL record of index set 1, and meta says the same.
  void ExpectFirstRecord() {
    const test::StoredRows events = test::RowsOf(store_.inner(), FamilyId::kEvents);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.begin()->first, log::EventsKey({1}));
    const auto view = log::DecodeRecord(events.begin()->second);
    ASSERT_OK(view);
    EXPECT_EQ(view->header, (log::RecordHeader{.kind = log::RecordKind::kControl,
                                               .retention_class = mail::RetentionClass::kControl,
                                               .clamped_time = clock_.Now(),
                                               .received_time = clock_.Now(),
                                               .index_set = 1}));
    storage::v1::Control control;
    ASSERT_TRUE(control.ParseFromString(std::string(view->body)));
    EXPECT_EQ(control.index_set().number(), 1U);
    EXPECT_THAT(control.index_set().headers(), ElementsAre("x-order-id"));
    EXPECT_EQ(Stored().index_set.SerializeAsString(), control.index_set().SerializeAsString());
    EXPECT_EQ(Stored().head, (log::Head{{1}, clock_.Now()}));
  }

  test::TempDir folder_;
  test::FakeClock clock_;
  test::FaultyStore store_{std::make_unique<kv::memory::MemoryStore>()};
  OpeningOptions options_{
      .key_file = folder_.path() / "key", .indexed_tags = {}, .indexed_headers = {"X-Order-Id"}};
};

TEST_F(Opening, AnEmptyStoreMakesKeyEraAndTheFirstRecord) {
  MT_ASSERT_OK_AND_ASSIGN(const Opened opened, Open());
  EXPECT_TRUE(std::filesystem::exists(options_.key_file));
  EXPECT_EQ(opened.meta.format, 1U);
  EXPECT_EQ(opened.meta.store_id.size(), 16U);
  EXPECT_EQ(opened.meta.key_check, opened.keys.check_value);
  ASSERT_EQ(opened.meta.eras.size(), 1U);
  EXPECT_EQ(opened.meta.eras[0].first, log::Sequence{1});
  EXPECT_EQ(opened.meta.eras[0].start_second, kStart);
  EXPECT_EQ(Stored().eras, opened.meta.eras);
  EXPECT_EQ(Stored().store_id, opened.meta.store_id);
  EXPECT_EQ(Stored().floor, log::Sequence{1});
  EXPECT_EQ(opened.meta.head, Stored().head);
  ExpectFirstRecord();
}

TEST_F(Opening, SyncsEachStepBeforeTheNext) {
  store_.SetWriteHook([&](const kv::Batch& /*batch*/, kv::Durability durability) {
    EXPECT_EQ(durability, kv::Durability::kSynced);
    EXPECT_TRUE(std::filesystem::exists(options_.key_file)) << "the key before the first row";
  });
  ASSERT_OK(Open());
  EXPECT_THAT(store_.journal().Entries(),
              ElementsAre("snapshot", "write", "written", "sync", "write", "written", "sync"));
}

TEST_F(Opening, GoesOnAfterACrashAtAnyPointOfTheFirstStart) {
  struct Crash {
    int write;
    When when;
    std::size_t eras;  // After the second start.
  };
  for (const Crash& crash : {Crash{1, When::kBefore, 1}, Crash{1, When::kAfter, 2},
                             Crash{2, When::kBefore, 2}, Crash{2, When::kAfter, 2}}) {
    const test::TempDir folder;
    options_.key_file = folder.path() / "key";
    test::FaultyStore store(std::make_unique<kv::memory::MemoryStore>());
    store.FailWrite(crash.write, crash.when, absl::AbortedError("crash"));
    ASSERT_THAT(OpenStore(store, options_, clock_), StatusIs(absl::StatusCode::kAborted));
    const std::string key = test::ReadFile(options_.key_file);
    EXPECT_FALSE(key.empty());
    ASSERT_OK(store.Reopen());

    MT_ASSERT_OK_AND_ASSIGN(const Opened opened, OpenStore(store, options_, clock_));
    EXPECT_EQ(test::ReadFile(options_.key_file), key);
    EXPECT_EQ(opened.meta.eras.size(), crash.eras);
    EXPECT_EQ(opened.meta.index_set.number(), 1U);
    EXPECT_EQ(opened.meta.head.sequence, log::Sequence{1});
    EXPECT_EQ(test::RowsOf(store, FamilyId::kEvents).size(), 1U);
  }
}

TEST_F(Opening, GoesOnAfterACrashBehindTheKeyFile) {
  MT_ASSERT_OK_AND_ASSIGN(const std::string secret, CreateKeyFile(options_.key_file));
  MT_ASSERT_OK_AND_ASSIGN(const StoreKeys keys, DeriveKeys(secret));
  MT_ASSERT_OK_AND_ASSIGN(const Opened opened, Open());
  EXPECT_EQ(opened.keys.check_value, keys.check_value);
  ExpectFirstRecord();
}

TEST_F(Opening, AStoreAgainAppendsAnEraAndNothingElse) {
  MT_ASSERT_OK_AND_ASSIGN(const Opened first, Open());
  clock_.Advance(10'000);
  MT_ASSERT_OK_AND_ASSIGN(const Opened second, Open());
  ASSERT_EQ(second.meta.eras.size(), 2U);
  EXPECT_EQ(second.meta.eras[0], first.meta.eras[0]);
  EXPECT_NE(second.meta.eras[1].id, first.meta.eras[0].id);
  EXPECT_EQ(second.meta.eras[1].first, log::Sequence{2});
  EXPECT_EQ(second.meta.eras[1].start_second, kStart + 10);
  EXPECT_EQ(Stored().eras, second.meta.eras);
  EXPECT_EQ(second.meta.store_id, first.meta.store_id);
  EXPECT_EQ(second.meta.head, first.meta.head);
  EXPECT_EQ(test::RowsOf(store_, FamilyId::kEvents).size(), 1U);
}

TEST_F(Opening, BeginsNoEraBeforeTheLastOneOrTheLastRecord) {
  ASSERT_OK(Open());
  clock_.SetNow({test::FakeClock::kStart.value - kMillisPerDay});
  MT_ASSERT_OK_AND_ASSIGN(const Opened second, Open());
  EXPECT_EQ(second.meta.eras[1].start_second, kStart);
  clock_.SetNow({test::FakeClock::kStart.value + 10'000});
  ASSERT_OK(Open());
  clock_.SetNow(test::FakeClock::kStart);
  MT_ASSERT_OK_AND_ASSIGN(const Opened fourth, Open());
  EXPECT_EQ(fourth.meta.eras[3].start_second, kStart + 10);
}

TEST_F(Opening, WithTheKeyAbsentIsRefused) {
  ASSERT_OK(Open());
  std::filesystem::remove(options_.key_file);
  EXPECT_THAT(Open(), StatusIs(kRefused, AllOf(HasSubstr("is absent"), HasSubstr("--key-file"))));
  EXPECT_FALSE(std::filesystem::exists(options_.key_file)) << "no key is made beside a store";
  EXPECT_THAT(OpenForReading(store_, options_.key_file), StatusIs(kRefused));
}

TEST_F(Opening, WithAnotherStoresKeyIsRefused) {
  ASSERT_OK(Open());
  options_.key_file = folder_.path() / "other";
  ASSERT_OK(CreateKeyFile(options_.key_file));
  EXPECT_THAT(Open(), StatusIs(kRefused, HasSubstr("is not the one that the store was made with")));
  EXPECT_THAT(OpenForReading(store_, options_.key_file), StatusIs(kRefused));
  EXPECT_EQ(Stored().eras.size(), 1U) << "nothing was written";
}

TEST_F(Opening, ANewerFormatIsRefusedWhateverTheKey) {
  ASSERT_OK(Open());
  std::filesystem::remove(options_.key_file);
  Put(FamilyId::kMeta, "format", std::string("\0\0\0\2", 4));
  EXPECT_THAT(Open(), StatusIs(kRefused, HasSubstr("has format 2")));
  EXPECT_THAT(OpenForReading(store_, options_.key_file),
              StatusIs(kRefused, HasSubstr("has format 2")));
}

TEST_F(Opening, AStoreThatLostItsMetaRowsIsRefused) {
  Put(FamilyId::kEvents, log::EventsKey({1}), "record");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("lost its meta rows")));
  EXPECT_FALSE(std::filesystem::exists(options_.key_file));
}

TEST_F(Opening, WithTooManyHeadersIsRefusedBeforeAnythingIsMade) {
  options_.indexed_headers = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
  EXPECT_THAT(Open(), StatusIs(kRefused, HasSubstr("at most 8")));
  EXPECT_FALSE(std::filesystem::exists(options_.key_file));
}

TEST_F(Opening, WithOtherNamesToIndexAppendsAControlRecord) {
  ASSERT_OK(Open());
  options_.indexed_tags = {"ses:operation"};
  clock_.Advance(5'000);
  MT_ASSERT_OK_AND_ASSIGN(const Opened second, Open());
  EXPECT_EQ(second.meta.index_set.number(), 2U);
  EXPECT_EQ(second.meta.head, (log::Head{{2}, clock_.Now()}));
  EXPECT_EQ(second.meta.eras[1].first, log::Sequence{2}) << "the era began before it";
  const std::string record = test::RowsOf(store_, FamilyId::kEvents).at(log::EventsKey({2}));
  MT_ASSERT_OK_AND_ASSIGN(const log::RecordView view, log::DecodeRecord(record));
  EXPECT_EQ(view.header.index_set, 2);
  storage::v1::Control control;
  ASSERT_TRUE(control.ParseFromString(std::string(view.body)));
  EXPECT_THAT(control.index_set().automatic_tags(), ElementsAre("ses:operation"));
  options_.indexed_headers = {"x-order-id", "X-ORDER-ID"};
  MT_ASSERT_OK_AND_ASSIGN(const Opened third, Open());
  EXPECT_EQ(third.meta.index_set.number(), 2U) << "the same in other words";
}

TEST_F(Opening, AfterACrashStoresTheGapSinceTheLastHeartbeat) {
  ASSERT_OK(Open());
  PutAccepting({true, kStart, kStart + 600});
  clock_.Advance(2'000'000);
  MT_ASSERT_OK_AND_ASSIGN(const Opened opened, Open());
  EXPECT_THAT(opened.meta.gaps, ElementsAre(log::Gap{kStart + 600, kStart + 2'000}));
  EXPECT_EQ(Stored().gaps, opened.meta.gaps);
  clock_.Advance(1'000'000);
  MT_ASSERT_OK_AND_ASSIGN(const Opened again, Open());
  EXPECT_THAT(again.meta.gaps, ElementsAre(log::Gap{kStart + 600, kStart + 3'000}))
      << "one gap, since nothing was accepted in between";
  EXPECT_EQ(Stored().gaps, again.meta.gaps);
}

TEST_F(Opening, SoonAfterACrashStoresNoGap) {
  ASSERT_OK(Open());
  PutAccepting({true, kStart, kStart});
  clock_.Advance((kAcceptingSeconds + kAcceptingLateSeconds) * kMillisPerSecond);
  MT_ASSERT_OK_AND_ASSIGN(const Opened opened, Open());
  EXPECT_THAT(opened.meta.gaps, IsEmpty());
}

TEST_F(Opening, AfterAnOrderlyStopStoresTheGapSinceIt) {
  ASSERT_OK(Open());
  PutAccepting({false, kStart + 3, kStart + 3});
  clock_.Advance(5'000);
  MT_ASSERT_OK_AND_ASSIGN(const Opened opened, Open());
  EXPECT_THAT(opened.meta.gaps, ElementsAre(log::Gap{kStart + 3, kStart + 5}));
}

TEST_F(Opening, ForReadingWritesNothing) {
  EXPECT_THAT(OpenForReading(store_, options_.key_file), StatusIs(kRefused, HasSubstr("empty")));
  EXPECT_FALSE(std::filesystem::exists(options_.key_file));
  MT_ASSERT_OK_AND_ASSIGN(const Opened opened, Open());
  store_.journal().Clear();
  MT_ASSERT_OK_AND_ASSIGN(const Opened reading, OpenForReading(store_, options_.key_file));
  EXPECT_EQ(reading.keys.check_value, opened.keys.check_value);
  EXPECT_EQ(reading.meta.eras, opened.meta.eras);
  EXPECT_THAT(store_.journal().Entries(), ElementsAre("snapshot"));
}

}  // namespace
}  // namespace mailtrail::writer
