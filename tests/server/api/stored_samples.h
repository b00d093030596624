#pragma once

#include <string>
#include <vector>

#include "mailtrail/storage/v1/event.pb.h"

namespace mailtrail::test {

struct StoredSample {
  std::string name;
  storage::v1::Event event;
};

// One stored event of each type, with every field set. What a stranger wrote says STRANGER.
[[nodiscard]] std::vector<StoredSample> StoredSamples();

}  // namespace mailtrail::test
