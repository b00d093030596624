// A process that writes to a store until it is killed.
//
//   kv_rocks_child FOLDER hold          opens the store, says "open", waits for standard input's
//   end kv_rocks_child FOLDER write COUNT   writes batches 0, 1, ... and says each number once it
//   is
//                                       synced; after COUNT it ends without closing anything

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "storage/base/codec.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"
#include "storage/kv/rocks/open.h"

namespace {

using mailtrail::kv::Batch;
using mailtrail::kv::Durability;
using mailtrail::kv::FamilyId;

int Fail(const absl::Status& status) {
  std::cerr << status << '\n';
  return 1;
}

int WriteBatches(mailtrail::kv::Store& store, std::uint64_t count) {
  for (std::uint64_t n = 0; n < count; ++n) {
    std::string key;
    mailtrail::AppendU64(key, n);
    Batch batch;
    batch.Put(FamilyId::kEvents, key, std::string(200, static_cast<char>('a' + n % 26)));
    batch.Put(FamilyId::kPostings, "term....." + key, "");
    const absl::Status status = store.Write(batch, Durability::kSynced);
    if (!status.ok()) return Fail(status);
    std::cout << n << std::endl;
  }
  // As a kill would: nothing is flushed or closed.
  _exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto store = mailtrail::kv::rocks::Open({.folder = argv[1]}, mailtrail::NoLogger(),
                                          mailtrail::NoMetrics());
  if (!store.ok()) return Fail(store.status());
  if (std::string_view(argv[2]) == "write" && argc == 4) {
    return WriteBatches(**store, std::strtoull(argv[3], nullptr, 10));
  }
  std::cout << "open" << std::endl;
  for (;;) pause();
}
