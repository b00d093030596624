#pragma once

// Keeps genuine pushes whose text could not be read, within a bound of bytes.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ingest/sns/verifier.h"
#include "storage/base/clock.h"
#include "storage/base/key_file.h"
#include "storage/base/metrics.h"
#include "storage/base/mutex.h"
#include "storage/kv/store.h"
#include "storage/writer/writer.h"

namespace mailtrail::ingest {

// Thread-safe. What it is given must outlive it.
class QuarantineKeeper {
 public:
  // Reads what is kept already.
  static absl::StatusOr<std::unique_ptr<QuarantineKeeper>> Open(kv::Store& store,
                                                                writer::Writer& writer,
                                                                const Clock& clock,
                                                                const StoreKeys& keys,
                                                                MetricRegistry& metrics);

  // `reason`: a word; `detail`: what the decoder found, without content of the mail. `done` gets OK
  // once the push is durable, also when it was kept before. kResourceExhausted when the bound is
  // reached; else the store's and the writer's.
  void Keep(const sns::GenuinePush& push, std::string_view reason, std::string_view detail,
            std::function<void(absl::Status)> done);

 private:
  QuarantineKeeper(kv::Store& store, writer::Writer& writer, const Clock& clock,
                   const StoreKeys& keys, Gauge& bytes_gauge)
      : store_(store), writer_(writer), clock_(clock), keys_(keys), bytes_gauge_(bytes_gauge) {}

  [[nodiscard]] bool Reserve(std::size_t bytes);
  void Release(std::size_t bytes);

  kv::Store& store_;
  writer::Writer& writer_;
  const Clock& clock_;
  const StoreKeys& keys_;
  Gauge& bytes_gauge_;

  Mutex mu_;
  std::size_t bytes_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace mailtrail::ingest
