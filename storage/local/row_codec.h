#pragma once

// What the families of this folder share: a row's value is one protobuf message.

#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/status.h"
#include "storage/kv/family.h"

namespace mailtrail::local {

// kDataLoss, naming the family, when `value` is no `Message`.
template <typename Message>
[[nodiscard]] absl::StatusOr<Message> ParseValue(kv::FamilyId family, std::string_view value) {
  Message message;
  if (!message.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return MakeStatus(absl::StatusCode::kDataLoss, "a row of ", kv::FamilyOf(family).name,
                      " cannot be read");
  }
  return message;
}

}  // namespace mailtrail::local
