#pragma once

// quarantine: genuine pushes whose SES text could not be read, by push key, so that a redelivery
// takes no second row. A replay after a fix is an ordinary commit that deletes the row in its
// batch.
//
//   key   := push key 16 bytes: keyed hash of topic ARN, 0x00, SNS MessageId
//   value := protobuf mailtrail.storage.v1.Quarantined

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/local.pb.h"
#include "storage/base/key_file.h"
#include "storage/kv/store.h"

namespace mailtrail::local {

using PushKey = std::array<char, 16>;

[[nodiscard]] PushKey PushKeyOf(const StoreKeys& keys, std::string_view topic_arn,
                                std::string_view sns_message_id);

struct QuarantineRow {
  PushKey key{};
  storage::v1::Quarantined push;
};

[[nodiscard]] absl::StatusOr<std::vector<QuarantineRow>> ListQuarantine(
    const kv::Snapshot& snapshot);
// kNotFound when there is none.
[[nodiscard]] absl::StatusOr<QuarantineRow> GetQuarantined(const kv::Snapshot& snapshot,
                                                           const PushKey& key);
void PutQuarantined(const QuarantineRow& row, kv::Batch& batch);
void DeleteQuarantined(const PushKey& key, kv::Batch& batch);

}  // namespace mailtrail::local
