#include "storage/index/projection.h"

#include "storage/index/by_message.h"
#include "storage/index/listings.h"
#include "storage/index/postings.h"
#include "storage/index/seen.h"
#include "storage/index/time_map.h"

namespace mailtrail::index {

std::vector<std::unique_ptr<Projection>> MakeProjections(kv::Store& store) {
  std::vector<std::unique_ptr<Projection>> projections;
  projections.push_back(MakeByMessage());
  projections.push_back(MakeSeen());
  projections.push_back(MakePostings());
  projections.push_back(MakeListings());
  projections.push_back(MakeTimeMap(store));
  return projections;
}

}  // namespace mailtrail::index
