#include "tests/bench/startup.h"

#include <cstdlib>

#include "storage/kv/rocks/open.h"
#include "storage/writer/opening.h"
#include "tests/bench/events.h"

namespace mailtrail::bench {

void FillStore(const std::filesystem::path& data_dir, std::size_t events) {
  constexpr std::size_t kBatchEvents = 500;
  std::filesystem::create_directories(data_dir);
  auto store = kv::rocks::Open({.folder = data_dir / "store"}, NoLogger(), NoMetrics());
  if (!store.ok()) std::abort();
  const auto opened = writer::OpenStore(**store, {.key_file = data_dir / "key"}, SystemClock());
  if (!opened.ok()) std::abort();
  BatchMaker maker(**store, opened->keys, opened->meta.head.sequence.value + 1);
  for (std::size_t made = 0; made < events; made += kBatchEvents) {
    if (!(*store)->Write(maker.Next(kBatchEvents), kv::Durability::kBuffered).ok()) std::abort();
  }
}

}  // namespace mailtrail::bench
