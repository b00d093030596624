#include "ingest/http/message.h"

#include "absl/strings/match.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::http {

void Headers::Add(std::string_view name, std::string_view value) {
  if (fields_.empty()) {
    bytes_.reserve(1'024);
    fields_.reserve(16);
  }
  const auto name_at = static_cast<std::uint32_t>(bytes_.size());
  bytes_.append(name);
  const auto value_at = static_cast<std::uint32_t>(bytes_.size());
  bytes_.append(value);
  fields_.push_back({name_at, static_cast<std::uint32_t>(name.size()), value_at,
                     static_cast<std::uint32_t>(value.size())});
}

std::string_view Headers::Get(std::string_view name) const {
  const std::string_view bytes = bytes_;
  for (const Field& field : fields_) {
    if (absl::EqualsIgnoreCase(ToAbsl(bytes.substr(field.name_at, field.name_bytes)),
                               ToAbsl(name))) {
      return bytes.substr(field.value_at, field.value_bytes);
    }
  }
  return {};
}

}  // namespace mailtrail::ingest::http
