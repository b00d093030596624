#include "storage/kv/memory/snapshot.h"

#include "storage/base/status.h"

namespace mailtrail::kv::memory {
namespace {

// The smallest key greater than `key`.
std::string After(std::string_view key) { return std::string(key) + '\0'; }

class MemoryWalk final : public Walk {
 public:
  MemoryWalk(const Rows& rows, FamilyId family, Rows::Version version, Bounds bounds,
             Direction direction)
      : rows_(rows),
        family_(family),
        version_(version),
        bounds_(std::move(bounds)),
        direction_(direction) {}

  void SeekToFirst() override { MoveTo(bounds_); }

  void Seek(std::string_view key) override {
    Bounds rest = bounds_;
    if (direction_ == Direction::kForward) {
      if (key > rest.begin) rest.begin = key;
    } else {
      std::string end = After(key);
      if (!rest.end.has_value() || end < *rest.end) rest.end = std::move(end);
    }
    MoveTo(rest);
  }

  void Next() override {
    Bounds rest = bounds_;
    if (direction_ == Direction::kForward) {
      rest.begin = After(row_->key);
    } else {
      rest.end = std::move(row_->key);
    }
    MoveTo(rest);
  }

  [[nodiscard]] bool Valid() const override { return row_.has_value(); }
  [[nodiscard]] std::string_view key() const override { return row_->key; }
  [[nodiscard]] std::string_view value() const override { return row_->value; }
  [[nodiscard]] absl::Status status() const override { return absl::OkStatus(); }

 private:
  void MoveTo(const Bounds& bounds) {
    row_ = direction_ == Direction::kForward ? rows_.First(family_, version_, bounds)
                                             : rows_.Last(family_, version_, bounds);
  }

  const Rows& rows_;
  const FamilyId family_;
  const Rows::Version version_;
  const Bounds bounds_;
  const Direction direction_;
  std::optional<Rows::Row> row_;
};

}  // namespace

absl::StatusOr<std::string> MemorySnapshot::Get(FamilyId family, std::string_view key) const {
  std::optional<std::string> value = rows_.Get(family, version_, key);
  if (!value.has_value()) {
    return MakeStatus(absl::StatusCode::kNotFound, "no such row in ", FamilyOf(family).name);
  }
  return *std::move(value);
}

absl::StatusOr<std::vector<std::optional<std::string>>> MemorySnapshot::MultiGet(
    FamilyId family, std::span<const std::string> keys) const {
  std::vector<std::optional<std::string>> values;
  values.reserve(keys.size());
  for (const std::string& key : keys) values.push_back(rows_.Get(family, version_, key));
  return values;
}

std::unique_ptr<Walk> MemorySnapshot::NewWalk(FamilyId family, Bounds bounds, Direction direction,
                                              Access /*access*/) const {
  return std::make_unique<MemoryWalk>(rows_, family, version_, std::move(bounds), direction);
}

std::uint64_t MemorySnapshot::EstimateBytes(FamilyId family, const Bounds& bounds) const {
  return rows_.Bytes(family, version_, bounds);
}

}  // namespace mailtrail::kv::memory
