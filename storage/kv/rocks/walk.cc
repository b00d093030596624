#include "storage/kv/rocks/walk.h"

#include <utility>

#include "storage/kv/rocks/status.h"

namespace mailtrail::kv::rocks {

RocksWalk::RocksWalk(Place place, rocksdb::ReadOptions options, Bounds bounds, Direction direction)
    : bounds_(std::move(bounds)),
      begin_(bounds_.begin),
      end_(bounds_.end.has_value() ? rocksdb::Slice(*bounds_.end) : rocksdb::Slice()),
      direction_(direction) {
  options.iterate_lower_bound = &begin_;
  if (bounds_.end.has_value()) options.iterate_upper_bound = &end_;
  iterator_.reset(place.db.NewIterator(options, &place.family));
}

void RocksWalk::SeekToFirst() {
  if (direction_ == Direction::kForward) {
    iterator_->SeekToFirst();
  } else {
    iterator_->SeekToLast();
  }
}

void RocksWalk::Seek(std::string_view key) {
  // RocksDB takes a target beyond a bound as that bound only on the side where the walk begins.
  if (direction_ == Direction::kForward) {
    iterator_->Seek({key.data(), key.size()});
  } else if (bounds_.end.has_value() && key >= *bounds_.end) {
    iterator_->SeekToLast();
  } else {
    iterator_->SeekForPrev({key.data(), key.size()});
  }
}

void RocksWalk::Next() {
  if (direction_ == Direction::kForward) {
    iterator_->Next();
  } else {
    iterator_->Prev();
  }
}

bool RocksWalk::Valid() const { return iterator_->Valid(); }

std::string_view RocksWalk::key() const { return iterator_->key().ToStringView(); }

std::string_view RocksWalk::value() const { return iterator_->value().ToStringView(); }

absl::Status RocksWalk::status() const { return FromRocks(iterator_->status(), "walking"); }

}  // namespace mailtrail::kv::rocks
