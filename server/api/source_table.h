#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "server/api/ports.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::api {

// Where a source's events come from.
struct SourceOrigin {
  std::string name;
  std::string account_id;
  std::string region;
};

// Sources by number, for the events that carry one. A number's source never changes, so the
// directory is asked only about numbers that were not seen before. Thread-safe; `directory` must
// outlive it.
class SourceTable {
 public:
  explicit SourceTable(const SourceDirectory& directory) : directory_(directory) {}

  // Good as long as the table. Empty for a number that the directory does not know.
  [[nodiscard]] const SourceOrigin& Find(std::uint16_t number);

 private:
  const SourceDirectory& directory_;
  const SourceOrigin unknown_;
  Mutex mu_;
  std::map<std::uint16_t, SourceOrigin> known_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::api
