#pragma once

namespace mailtrail::kv {

// How long a snapshot may be held. Reopen() waits for the last one, and pushes get 503 meanwhile.
inline constexpr int kSnapshotSecondsMax = 5;

}  // namespace mailtrail::kv
