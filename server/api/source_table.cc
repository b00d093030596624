#include "server/api/source_table.h"

#include <utility>

namespace mailtrail::server::api {

const SourceOrigin& SourceTable::Find(std::uint16_t number) {
  {
    MutexLock lock(mu_);
    if (const auto found = known_.find(number); found != known_.end()) return found->second;
  }
  std::vector<SourceInfo> sources = directory_.List();  // Takes locks of its own.
  MutexLock lock(mu_);
  for (SourceInfo& source : sources) {
    // An entry that is there stays: others hold references to it.
    known_.try_emplace(source.number, SourceOrigin{.name = std::move(source.name),
                                                   .account_id = std::move(source.account_id),
                                                   .region = std::move(source.region)});
  }
  const auto found = known_.find(number);
  return found == known_.end() ? unknown_ : found->second;
}

}  // namespace mailtrail::server::api
