#include "storage/upkeep/check.h"

#include <algorithm>
#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/kv/memory/store.h"
#include "storage/log/raw.h"
#include "storage/upkeep/limits.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_builder.h"
#include "tests/support/store_rows.h"

namespace mailtrail::upkeep {
namespace {

using kv::FamilyId;
using test::RowsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr FamilyId kDerived[] = {FamilyId::kByMessage, FamilyId::kSeen, FamilyId::kPostings,
                                 FamilyId::kListings, FamilyId::kTimeMap};
constexpr UnixMillis kReceived{test::kSampleSent.value + kMillisPerDay};

// A store with random events, over two index sets and many batches.
class Checking : public ::testing::Test {
 protected:
  static constexpr int kEvents = 400;

  Checking() {
    test::RandomEvents events(7);
    for (const bool second : {false, true}) {
      test::IndexedNames names{.automatic_tags = {}, .headers = {"x-order-id"}};
      if (second) names.automatic_tags = {"ses:operation"};
      test::StoreBuilder builder(store_, kReceived, names);
      for (int i = 0; i < kEvents / 2; ++i) {
        builder.Append(events.Next(), kReceived);
        if (i % 7 == 0) builder.Commit();
      }
      builder.Commit();
    }
  }

  CheckReport Run() {
    kv::memory::MemoryStore scratch;
    const auto report = Check(store_, scratch, test::BuilderKeys());
    EXPECT_OK(report);
    return report.ok() ? *report : CheckReport{};
  }
  void Put(FamilyId family, std::string_view key, std::string_view value) {
    kv::Batch batch;
    batch.Put(family, key, value);
    ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  }
  void Delete(FamilyId family, std::string_view key) {
    kv::Batch batch;
    batch.Delete(family, key);
    ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  }
  // Some row in the middle of a family.
  std::pair<std::string, std::string> SomeRow(FamilyId family) {
    const test::StoredRows rows = RowsOf(store_, family);
    const auto row = std::next(rows.begin(), static_cast<std::ptrdiff_t>(rows.size() / 2));
    return *row;
  }
  // The report's only difference, as "family: place what".
  std::string OnlyDifference() {
    const CheckReport report = Run();
    EXPECT_EQ(report.differences.size(), 1U);
    if (report.differences.empty()) return "";
    const Difference& only = report.differences[0];
    return Cat(only.family, ": ", only.place, " ", only.what);
  }
  // Changes a record's header or body.
  void Rewrite(std::uint64_t sequence, const std::function<void(std::string& record)>& change) {
    std::string record = RowsOf(store_, FamilyId::kEvents).at(log::EventsKey({sequence}));
    change(record);
    Put(FamilyId::kEvents, log::EventsKey({sequence}), record);
  }

  kv::memory::MemoryStore store_;
};

TEST_F(Checking, FindsNothingInASoundStoreAndCountsIt) {
  const CheckReport report = Run();
  EXPECT_TRUE(report.clean()) << report.differences[0].family << " " << report.differences[0].what;
  EXPECT_EQ(report.events, static_cast<std::uint64_t>(kEvents));
  EXPECT_EQ(report.control_records, 2U);
  EXPECT_EQ(report.events_without_raw, 0U);
  std::vector<std::string> families;
  for (const FamilyCheck& check : report.families) {
    families.emplace_back(check.family);
    const auto family = std::ranges::find(kv::kFamilies, check.family, &kv::Family::name);
    EXPECT_EQ(check.rows, RowsOf(store_, family->id).size()) << check.family;
    EXPECT_EQ(check.differences, 0U);
  }
  EXPECT_THAT(families, ElementsAre("events", "raw", "by_message", "seen", "postings", "listings",
                                    "time_map"));
}

TEST_F(Checking, ChangesNothing) {
  std::vector<test::StoredRows> before;
  for (const kv::Family& family : kv::kFamilies) before.push_back(RowsOf(store_, family.id));
  (void)Run();
  for (const kv::Family& family : kv::kFamilies) {
    EXPECT_EQ(RowsOf(store_, family.id), before[static_cast<std::size_t>(family.id)]);
  }
}

TEST_F(Checking, FindsALostRowInEachDerivedFamily) {
  for (const FamilyId family : kDerived) {
    const auto [key, value] = SomeRow(family);
    Delete(family, key);
    EXPECT_EQ(OnlyDifference(),
              Cat(kv::FamilyOf(family).name, ": key ", HexEncode(key), " is missing"));
    Put(family, key, value);
  }
  EXPECT_TRUE(Run().clean());
}

TEST_F(Checking, FindsAChangedRowInEachDerivedFamily) {
  for (const FamilyId family : kDerived) {
    const auto [key, value] = SomeRow(family);
    std::string changed = value;
    if (changed.empty()) {
      changed = "x";
    } else {
      changed.back() = static_cast<char>(changed.back() ^ 1);
    }
    Put(family, key, changed);
    EXPECT_EQ(OnlyDifference(), Cat(kv::FamilyOf(family).name, ": key ", HexEncode(key),
                                    " differs from what follows from the log"));
    Put(family, key, value);
  }
}

TEST_F(Checking, FindsAnInventedRowInEachDerivedFamily) {
  for (const FamilyId family : kDerived) {
    for (const std::string& key :
         {SomeRow(family).first + "x", std::string("\0", 1), std::string(40, '\xff')}) {
      Put(family, key, "value");
      EXPECT_EQ(OnlyDifference(), Cat(kv::FamilyOf(family).name, ": key ", HexEncode(key),
                                      " does not follow from the log"));
      Delete(family, key);
    }
  }
}

TEST_F(Checking, FindsALostRecord) {
  for (const std::uint64_t sequence : {1, 100, kEvents + 2}) {
    const std::string record = RowsOf(store_, FamilyId::kEvents).at(log::EventsKey({sequence}));
    Delete(FamilyId::kEvents, log::EventsKey({sequence}));
    const CheckReport report = Run();
    ASSERT_FALSE(report.clean()) << sequence;
    EXPECT_EQ(report.differences[0].family, "events");
    EXPECT_EQ(report.differences[0].place, Cat("sequence ", sequence));
    EXPECT_EQ(report.differences[0].what, "is missing");
    EXPECT_EQ(report.families[0].differences, sequence == 1 ? 1U + kEvents / 2 : 1U)
        << "its index set is unknown then";
    Put(FamilyId::kEvents, log::EventsKey({sequence}), record);
  }
}

TEST_F(Checking, FindsARecordBeyondTheHead) {
  Put(FamilyId::kEvents, log::EventsKey({kEvents + 3}), "anything");
  EXPECT_EQ(OnlyDifference(), Cat("events: sequence ", kEvents + 3, " is beyond the head"));
}

TEST_F(Checking, FindsAKeyThatIsNone) {
  Put(FamilyId::kEvents, std::string("\0\0\0\0\0\0\0\7x", 9), "anything");
  EXPECT_EQ(OnlyDifference(), "events: key 000000000000000778 is no key");
}

TEST_F(Checking, FindsAHeadThatIsOfAnotherTime) {
  kv::Batch batch;
  log::PutHead({{kEvents + 2}, {kReceived.value + 1}}, batch);
  ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  EXPECT_THAT(OnlyDifference(), HasSubstr("was received at another time than the head says"));
}

TEST_F(Checking, FindsRecordsThatCannotBeReadOrLie) {
  const std::pair<std::string, std::function<void(std::string&)>> damages[] = {
      {"record of unknown version", [](std::string& record) { record[0] = 9; }},
      {"cannot be read", [](std::string& record) { record += '\xff'; }},
      {"about another event than its body",
       [](std::string& record) { record[32] = static_cast<char>(record[32] ^ 1); }},
      {"was received before the record before it",
       [](std::string& record) { record[14] = static_cast<char>(record[14] - 1); }},
      {"happened after it was received", [](std::string& record) { record[3] = '\x7f'; }},
      {"names a set of indexed values that the log does not record",
       [](std::string& record) { record[20] = 9; }}};
  for (const auto& [what, change] : damages) {
    const std::string record = RowsOf(store_, FamilyId::kEvents).at(log::EventsKey({100}));
    Rewrite(100, change);
    const CheckReport report = Run();
    ASSERT_FALSE(report.clean()) << what;
    EXPECT_EQ(report.differences[0].place, "sequence 100") << what;
    EXPECT_THAT(report.differences[0].what, HasSubstr(what));
    Put(FamilyId::kEvents, log::EventsKey({100}), record);
  }
}

TEST_F(Checking, FindsAnEventThatIsThereTwice) {
  const std::string record = RowsOf(store_, FamilyId::kEvents).at(log::EventsKey({100}));
  Rewrite(101, [&](std::string& other) { other = record; });
  const CheckReport report = Run();
  const auto found = std::ranges::find(report.differences, "the whole log", &Difference::place);
  ASSERT_NE(found, report.differences.end());
  EXPECT_EQ(found->what, "has 1 events a second time");
}

TEST_F(Checking, FindsARowOfRawThatBelongsToNoEvent) {
  const auto [key, value] = SomeRow(FamilyId::kRaw);
  Put(FamilyId::kRaw, key.substr(0, 16) + std::string("\0\0\0\0\0\0\x7f\x01", 8), value);
  EXPECT_THAT(OnlyDifference(), HasSubstr("belongs to no event"));
}

TEST_F(Checking, FindsARowOfRawThatSaysAnotherClassOrTime) {
  const auto [key, value] = SomeRow(FamilyId::kRaw);
  for (const std::size_t at : {0, 1, 7}) {
    std::string changed = value;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    Put(FamilyId::kRaw, key, changed);
    EXPECT_THAT(OnlyDifference(), HasSubstr("differs from its event in version, class or time"));
  }
}

TEST_F(Checking, CountsEventsWithoutRaw) {
  Delete(FamilyId::kRaw, SomeRow(FamilyId::kRaw).first);
  const CheckReport report = Run();
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.events_without_raw, 1U);
}

TEST_F(Checking, DescribesNoMoreThanItsBoundAndCountsTheRest) {
  for (const auto& [key, value] : RowsOf(store_, FamilyId::kSeen)) Delete(FamilyId::kSeen, key);
  const CheckReport report = Run();
  EXPECT_EQ(report.differences.size(), kDifferencesDescribedMax);
  EXPECT_EQ(report.families[3].differences, static_cast<std::uint64_t>(kEvents));
}

TEST_F(Checking, ShowsNothingOfTheMail) {
  for (const FamilyId family : kDerived) {
    for (const auto& [key, value] : RowsOf(store_, family)) Delete(family, key);
  }
  for (const Difference& difference : Run().differences) {
    EXPECT_THAT(Cat(difference.place, difference.what),
                AllOf(Not(HasSubstr("@")), Not(HasSubstr("example"))));
  }
}

TEST(CheckOfAnEmptyStore, IsRefused) {
  kv::memory::MemoryStore store;
  kv::memory::MemoryStore scratch;
  EXPECT_THAT(Check(store, scratch, test::BuilderKeys()),
              test::StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(CheckOfAStoreWithoutEvents, FindsNothing) {
  kv::memory::MemoryStore store;
  const test::StoreBuilder builder(store, kReceived);
  kv::memory::MemoryStore scratch;
  MT_ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(store, scratch, test::BuilderKeys()));
  EXPECT_THAT(report.differences, IsEmpty());
  EXPECT_EQ(report.control_records, 1U);
}

// More rows than one batch of the rebuild holds.
TEST(CheckOfAStoreWithLargeEvents, RebuildsInSeveralBatches) {
  kv::memory::MemoryStore store;
  test::StoreBuilder builder(store, kReceived);
  const std::string large(1 << 20, 'x');
  for (std::uint64_t i = 1; i <= 2 * (kRebuildBatchBytesMax >> 20); ++i) {
    index::NewEvent event = test::SampleBounce(i);
    event.event.mutable_bounce()->set_feedback_id(large);
    builder.Append(std::move(event), kReceived);
  }
  builder.Commit();
  kv::memory::MemoryStore scratch;
  MT_ASSERT_OK_AND_ASSIGN(const CheckReport report, Check(store, scratch, test::BuilderKeys()));
  EXPECT_THAT(report.differences, IsEmpty());
}

}  // namespace
}  // namespace mailtrail::upkeep
