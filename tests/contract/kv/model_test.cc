// Random operations on a store and on a plain std::map: what they show must never differ.

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/kv/backends.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::kv {
namespace {

using Model = std::map<std::string, std::string>;
using Row = std::pair<std::string, std::string>;

constexpr std::array<FamilyId, 3> kUsed = {FamilyId::kPostings, FamilyId::kRaw, FamilyId::kSeen};

class KvModel : public KvContract {
 protected:
  using Models = std::array<Model, kUsed.size()>;
  struct Held {
    std::unique_ptr<const Snapshot> snapshot;
    Models models;
  };

  [[nodiscard]] std::size_t Below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(rng_);
  }

  // Few distinct bytes, so that keys repeat, share prefixes and meet the bounds.
  [[nodiscard]] std::string RandomKey() {
    static constexpr std::array<char, 5> kAlphabet = {'\x00', '\x01', 'a', '\xfe', '\xff'};
    std::string key(1 + Below(4), '\0');
    for (char& byte : key) byte = kAlphabet[Below(kAlphabet.size())];
    return key;
  }

  void WriteRandomBatch() {
    Batch batch;
    for (std::size_t rows = Below(12); rows > 0; --rows) {
      const std::size_t family = Below(kUsed.size());
      const std::string key = RandomKey();
      if (Below(3) == 0) {
        batch.Delete(kUsed[family], key);
        now_[family].erase(key);
      } else {
        const std::string value(Below(40), static_cast<char>('a' + Below(26)));
        batch.Put(kUsed[family], key, value);
        now_[family][key] = value;
      }
    }
    const bool synced = Below(2) == 0;
    ASSERT_OK(store().Write(batch, synced ? Durability::kSynced : Durability::kBuffered));
    if (synced || GetParam().keeps_buffered) synced_ = now_;
  }

  [[nodiscard]] static std::vector<Row> Expected(const Model& model, const Bounds& bounds,
                                                 Direction direction, const std::string* from) {
    std::vector<Row> rows;
    for (const auto& row : model) {
      const bool inside = row.first >= bounds.begin && (!bounds.end || row.first < *bounds.end);
      const bool ahead = from == nullptr || (direction == Direction::kForward ? row.first >= *from
                                                                              : row.first <= *from);
      if (inside && ahead) rows.emplace_back(row);
    }
    if (direction == Direction::kBackward) std::ranges::reverse(rows);
    return rows;
  }

  void CheckRandomRead(const Held& held) {
    const std::size_t family = Below(kUsed.size());
    const Model& model = held.models[family];
    std::vector<std::string> keys(Below(6));
    for (std::string& key : keys) key = RandomKey();
    const auto values = held.snapshot->MultiGet(kUsed[family], keys);
    ASSERT_OK(values);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto found = model.find(keys[i]);
      ASSERT_EQ((*values)[i],
                found == model.end() ? std::nullopt : std::optional<std::string>(found->second));
    }

    Bounds bounds{RandomKey(), std::nullopt};
    if (Below(3) != 0) bounds.end = RandomKey();
    if (Below(3) == 0) bounds = PrefixBounds(RandomKey());
    // A walk whose bounds are the wrong way round is nobody's business.
    if (bounds.end.has_value() && *bounds.end < bounds.begin) std::swap(*bounds.end, bounds.begin);
    const Direction direction = Below(2) == 0 ? Direction::kForward : Direction::kBackward;
    const auto walk = held.snapshot->NewWalk(kUsed[family], bounds, direction);
    walk->SeekToFirst();
    ASSERT_EQ(Drain(*walk), Expected(model, bounds, direction, nullptr));
    for (int i = 0; i < 3; ++i) {
      const std::string from = RandomKey();
      walk->Seek(from);
      ASSERT_EQ(Drain(*walk), Expected(model, bounds, direction, &from));
    }
  }

  void Reopen() {
    held_.clear();
    ASSERT_OK(store().Reopen());
    now_ = synced_;
  }

  void Hold() {
    MT_ASSERT_OK_AND_ASSIGN(auto snapshot, store().TakeSnapshot());
    held_.push_back({std::move(snapshot), now_});
  }

  std::mt19937_64 rng_{20260807};
  Models now_;
  Models synced_;  // What Reopen() goes back to.
  std::vector<Held> held_;
};

TEST_P(KvModel, RandomOperationsAgreeWithAMap) {
  for (int step = 0; step < 4'000; ++step) {
    SCOPED_TRACE(step);
    const std::size_t what = Below(100);
    if (what < 40) {
      WriteRandomBatch();
    } else if (what < 55) {
      Hold();
    } else if (what < 65 && !held_.empty()) {
      held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(Below(held_.size())));
    } else if (what < 97 && !held_.empty()) {
      CheckRandomRead(held_[Below(held_.size())]);
    } else if (what == 97) {
      ASSERT_OK(store().Compact(kUsed[Below(kUsed.size())]));
    } else if (what == 98) {
      Reopen();
    }
    if (HasFatalFailure()) return;
  }
}

// Snapshots of the store in memory cost nothing, however many rows there are.
TEST_P(KvModel, ManySnapshotsOfManyRows) {
  Batch batch;
  for (int i = 0; i < 100'000; ++i) batch.Put(FamilyId::kPostings, std::to_string(i), "row");
  ASSERT_OK(store().Write(batch, Durability::kSynced));
  for (int i = 0; i < 5'000; ++i) {
    const std::string key = std::to_string(i);
    Batch change;
    change.Put(FamilyId::kPostings, key, "changed");
    ASSERT_OK(store().Write(change, Durability::kBuffered));
    MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
    ASSERT_THAT(snapshot->Get(FamilyId::kPostings, key),
                test::IsOkAndHolds(std::string("changed")));
  }
}

INSTANTIATE_TEST_SUITE_P(All, KvModel, testing::ValuesIn(Backends()), BackendName);

}  // namespace
}  // namespace mailtrail::kv
