#pragma once

// Histories for tests, without a writer: rows of log and derived families laid by the real
// projections and written in one batch, the head published after it.
//
//   StoreBuilder builder(store);            // Record 1 is the CONTROL record of index set 1.
//   builder.Append(std::move(new_event), received);
//   builder.Commit();
//   query::Events events(store, builder.log(), builder.preparer());

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/key_file.h"
#include "storage/index/prepared.h"
#include "storage/index/projection.h"
#include "storage/kv/store.h"
#include "storage/log/local_log.h"
#include "storage/log/meta.h"
#include "storage/writer/command.h"

namespace mailtrail::test {

// The keys of the secret 00 01 .. 1f.
[[nodiscard]] StoreKeys BuilderKeys();

// What is indexed besides the built-in kinds.
struct IndexedNames {
  std::vector<std::string> automatic_tags;
  std::vector<std::string> headers;
};

// One thread appends and commits; others may read meanwhile. An error fails the test.
class StoreBuilder {
 public:
  // Begins a history at `started`, or goes on with the one that the store holds, as a restart does:
  // a new era, and a CONTROL record when other names are indexed than before. `store` must outlive
  // it.
  StoreBuilder(kv::Store& store, UnixMillis started, const IndexedNames& indexed = {});

  // Numbers the event, puts it into the batch, and gives its sequence. `received` must not fall.
  log::Sequence Append(index::NewEvent event, UnixMillis received);
  // Writes the batch, publishes the head, and tells the listener.
  void Commit();

  // Told after each commit; may be null.
  void set_listener(writer::CommitListener* listener) { listener_ = listener; }

  [[nodiscard]] log::LocalLog& log() { return *log_; }
  [[nodiscard]] const index::Preparer& preparer() const { return preparer_; }
  // The last sequence that was given out.
  [[nodiscard]] log::Sequence last() const { return meta_.head.sequence; }

 private:
  void Put(index::Prepared prepared, UnixMillis received);
  void PutIndexSet(const IndexedNames& indexed, UnixMillis started);

  kv::Store& store_;
  const index::Preparer preparer_;
  const std::vector<std::unique_ptr<index::Projection>> projections_;
  log::Meta meta_;
  std::unique_ptr<log::LocalLog> log_;
  kv::Batch batch_;
  std::vector<index::Prepared> uncommitted_;
  writer::CommitListener* listener_ = nullptr;
};

}  // namespace mailtrail::test
