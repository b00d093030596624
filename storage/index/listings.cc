#include "storage/index/listings.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "storage/base/codec.h"
#include "storage/base/status.h"
#include "storage/index/limits.h"

namespace mailtrail::index {
namespace {

static_assert(std::has_single_bit(kListingsRememberedMax));

struct Row {
  Term term;
  std::uint32_t sent_second = 0;
  mail::MessageKey message;
  bool used = false;  // A place that was never taken equals no row.
  friend bool operator==(const Row&, const Row&) = default;
};

// Rows that were laid, in as many places: a newer row takes the place of an older one, no row has a
// choice of places, and nothing is allocated while it runs. Terms are hashes, so they spread well;
// the message's last bytes are one too.
class Remembered {
 public:
  Remembered() : rows_(kListingsRememberedMax) {}

  // False when the row was remembered already.
  bool Add(const Row& row) {
    Row& place = rows_[PlaceOf(row)];
    if (place == row) return false;
    place = row;
    return true;
  }
  void Clear() { std::ranges::fill(rows_, Row{}); }

 private:
  static std::size_t PlaceOf(const Row& row) {
    Reader message(row.message.view().substr(row.message.bytes.size() - sizeof(std::uint64_t)));
    return (row.term.hash ^ message.U64()) & (kListingsRememberedMax - 1);
  }

  std::vector<Row> rows_;
};

class Listings final : public Projection {
 public:
  std::string_view name() const override { return "listings"; }
  kv::FamilyId family() const override { return kv::FamilyId::kListings; }
  absl::Status Apply(const Prepared& prepared, kv::Batch& batch) override {
    const std::uint32_t second = SecondOf(prepared.sent_time);
    for (const Term term : prepared.listings) {
      if (remembered_.Add({term, second, prepared.message, true})) {
        batch.Put(family(), ListingsKey(term, second, prepared.message), {});
      }
    }
    return absl::OkStatus();
  }
  void Forget() override { remembered_.Clear(); }

 private:
  Remembered remembered_;
};

}  // namespace

std::string ListingsPrefix(Term term) {
  std::string key;
  AppendU64(key, term.hash);
  return key;
}

std::string ListingsKey(Term term, std::uint32_t sent_second, const mail::MessageKey& message) {
  std::string key = ListingsPrefix(term);
  AppendU32(key, sent_second);
  key += message.view();
  return key;
}

absl::StatusOr<ListingPlace> ParseListingsKey(std::string_view key) {
  Reader reader(key);
  const std::uint64_t term = reader.U64();
  ListingPlace place{};
  place.sent_second = reader.U32();
  const std::string_view message = reader.Bytes(place.message.bytes.size());
  if (!reader.AtEnd()) {
    return MakeStatus(absl::StatusCode::kDataLoss, "key of listings below term ", term,
                      " cannot be read");
  }
  std::ranges::copy(message, place.message.bytes.begin());
  return place;
}

std::unique_ptr<Projection> MakeListings() { return std::make_unique<Listings>(); }

}  // namespace mailtrail::index
