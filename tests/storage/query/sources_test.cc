// Sources against sets of numbers: every way of joining, both directions, any bound of entries.

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/index/postings.h"
#include "storage/kv/memory/store.h"
#include "storage/query/and_source.h"
#include "storage/query/or_source.h"
#include "storage/query/ranges_source.h"
#include "storage/query/term_source.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using query::Meter;
using query::SequenceSource;
using query::Span;
using Numbers = std::set<std::uint64_t>;

constexpr std::uint64_t kLast = 300;

// Posting rows of some terms, nothing else.
class SourcesTest : public ::testing::Test {
 protected:
  // `addressed`: numbers whose row says less than what is wanted.
  void Put(std::uint64_t term, const Numbers& numbers, const Numbers& addressed = {}) {
    kv::Batch batch;
    for (const std::uint64_t number : numbers) {
      // class, type, form, clamped, involvement, source, shard hash: see postings.h.
      std::string row(14, '\0');
      row[9] = static_cast<char>(addressed.contains(number) ? mail::Involvement::kAddressed
                                                            : mail::Involvement::kAffected);
      batch.Put(kv::FamilyId::kPostings, index::PostingsKey({term}, {number}), row);
    }
    ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  }
  void Snap() { MT_ASSERT_OK_AND_ASSIGN(snapshot_, store_.TakeSnapshot()); }

  std::unique_ptr<SequenceSource> Term(std::uint64_t term, const Span& span, Meter& meter) {
    return std::make_unique<query::TermSource>(
        *snapshot_,
        query::TermSource::Wanted{.term = {term},
                                  .involvement = mail::Involvement::kAffected,
                                  .rows = query::RowFilter(filter_)},
        span, meter);
  }

  kv::memory::MemoryStore store_;
  std::unique_ptr<const kv::Snapshot> snapshot_;
  const query::EventFilter filter_;
};

Numbers Random(std::mt19937_64& rng, double density) {
  Numbers numbers;
  for (std::uint64_t i = 1; i <= kLast; ++i) {
    if (std::bernoulli_distribution(density)(rng)) numbers.insert(i);
  }
  return numbers;
}

std::vector<std::uint64_t> InDirection(const Numbers& numbers, const Span& span) {
  std::vector<std::uint64_t> out;
  for (const std::uint64_t n : numbers) {
    if (n >= span.first.value && n <= span.last.value) out.push_back(n);
  }
  if (!span.forward()) std::reverse(out.begin(), out.end());
  return out;
}

// Reads with a bound of entries a step, each step a new source that starts where the last one
// stopped.
template <typename MakeSource>
std::vector<std::uint64_t> ReadInSteps(Span span, std::int64_t entries_max, MakeSource make) {
  std::vector<std::uint64_t> out;
  for (int steps = 0; steps < 100'000; ++steps) {
    Meter meter(entries_max);
    const std::unique_ptr<SequenceSource> source = make(span, meter);
    source->Seek(span.start());
    for (; source->at(); source->Next()) {
      if (source->Passes()) out.push_back(source->sequence().value);
    }
    EXPECT_OK(meter.error());
    if (source->state() == SequenceSource::State::kEnd) return out;
    EXPECT_NE(source->sequence(), span.start()) << "a step that does not get on";
    (span.forward() ? span.first : span.last) = source->sequence();
    if (span.empty()) return out;
  }
  ADD_FAILURE() << "no end";
  return out;
}

Numbers And(const Numbers& a, const Numbers& b) {
  Numbers out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

Numbers Or(Numbers a, const Numbers& b) {
  a.insert(b.begin(), b.end());
  return a;
}

TEST_F(SourcesTest, JoinsGiveWhatSetsGiveInBothDirectionsWithAnyBound) {
  std::mt19937_64 rng(4);
  for (int round = 0; round < 200; ++round) {
    const std::uint64_t base = static_cast<std::uint64_t>(round) * 10;
    const std::vector<double> densities = {0.01, 0.1, 0.5, 0.95};
    std::vector<Numbers> sets;
    for (std::uint64_t i = 0; i < 4; ++i) {
      sets.push_back(Random(rng, densities[rng() % densities.size()]));
      const Numbers addressed = Random(rng, round % 2 == 0 ? 0 : 0.3);
      Put(base + i, sets.back(), addressed);
      std::erase_if(sets.back(), [&](std::uint64_t n) { return addressed.contains(n); });
    }
    Snap();
    Span span{.first = {1 + rng() % 50}, .last = {kLast - rng() % 50}};
    if (rng() % 2 == 0) span.direction = kv::Direction::kBackward;
    const std::int64_t entries_max =
        static_cast<std::int64_t>(1 + rng() % (rng() % 2 == 0 ? 4 : 400));
    const std::uint64_t from = span.first.value + rng() % 100;
    const std::vector<index::SequenceRange> ranges = {{{from}, {from + 20}},
                                                      {{from + 40}, {from + 41}}};
    Numbers in_ranges;
    for (std::uint64_t i = from; i <= from + 20; ++i) in_ranges.insert(i);
    in_ranges.insert({from + 40, from + 41});

    // (0 OR 1) AND 2 AND (3 OR ranges)
    const auto make = [&](const Span& part, Meter& meter) -> std::unique_ptr<SequenceSource> {
      std::vector<index::SequenceRange> within;
      for (index::SequenceRange range : ranges) {
        range = {.first = std::max(range.first, part.first),
                 .last = std::min(range.last, part.last)};
        if (range.first <= range.last) within.push_back(range);
      }
      query::Sources left;
      left.push_back(Term(base, part, meter));
      left.push_back(Term(base + 1, part, meter));
      query::Sources right;
      right.push_back(Term(base + 3, part, meter));
      right.push_back(std::make_unique<query::RangesSource>(within, part));
      query::Sources all;
      all.push_back(std::make_unique<query::OrSource>(std::move(left), part));
      all.push_back(Term(base + 2, part, meter));
      all.push_back(std::make_unique<query::OrSource>(std::move(right), part));
      return std::make_unique<query::AndSource>(std::move(all), part);
    };
    const Numbers expected = And(And(Or(sets[0], sets[1]), sets[2]), Or(sets[3], in_ranges));
    ASSERT_EQ(ReadInSteps(span, entries_max, make), InDirection(expected, span))
        << "round " << round << ", bound " << entries_max;
  }
}

TEST_F(SourcesTest, SeeksGoToTheTargetOrPastItAndNeverBack) {
  Put(1, {10, 20, 30, 31, 32, 40});
  Snap();
  Meter meter(100);
  const auto forward = Term(1, {.first = {1}, .last = {35}}, meter);
  forward->Seek({15});
  EXPECT_EQ(forward->sequence().value, 20U);
  forward->Seek({5});  // Behind: stays.
  EXPECT_EQ(forward->sequence().value, 20U);
  forward->Seek({31});
  EXPECT_EQ(forward->sequence().value, 31U);
  forward->Seek({33});
  EXPECT_EQ(forward->state(), SequenceSource::State::kEnd);  // 40 is outside the span.

  const auto backward =
      Term(1, {.first = {15}, .last = {100}, .direction = kv::Direction::kBackward}, meter);
  backward->Seek({35});
  EXPECT_EQ(backward->sequence().value, 32U);
  backward->Seek({25});
  EXPECT_EQ(backward->sequence().value, 20U);
  backward->Next();
  EXPECT_EQ(backward->state(), SequenceSource::State::kEnd);  // 10 is outside the span.
}

TEST_F(SourcesTest, ARareTermIsNotReadBetweenItsRowsNorAFrequentOne) {
  Numbers frequent;
  for (std::uint64_t i = 1; i <= kLast; ++i) frequent.insert(i);
  Put(1, {50, 150, 250});
  Put(2, frequent);
  Snap();
  Meter meter(1'000);
  const Span span{.first = {1}, .last = {kLast}};
  query::Sources both;
  both.push_back(Term(1, span, meter));
  both.push_back(Term(2, span, meter));
  query::AndSource source(std::move(both), span);
  for (source.Seek(span.start()); source.at(); source.Next()) {
  }
  EXPECT_EQ(meter.entries(), 6);
}

TEST_F(SourcesTest, ADamagedRowStopsTheScanWithItsError) {
  kv::Batch batch;
  batch.Put(kv::FamilyId::kPostings, index::PostingsKey({1}, {7}), "short");
  ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  Snap();
  Meter meter(100);
  const auto source = Term(1, {.first = {1}, .last = {kLast}}, meter);
  source->Seek({1});
  EXPECT_EQ(source->state(), SequenceSource::State::kStopped);
  EXPECT_THAT(meter.error(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(SourcesTest, NothingJoinedWithAnythingIsNothing) {
  Snap();
  Meter meter(100);
  const Span span{.first = {1}, .last = {kLast}};
  query::OrSource none({}, span);
  none.Seek({1});
  EXPECT_EQ(none.state(), SequenceSource::State::kEnd);
  query::RangesSource no_ranges({}, span);
  no_ranges.Seek({1});
  EXPECT_EQ(no_ranges.state(), SequenceSource::State::kEnd);
}

}  // namespace
}  // namespace mailtrail::test
