#include "storage/index/term.h"

#include "storage/base/codec.h"

namespace mailtrail::index {

bool HasTypeTerm(storage::v1::EventType type) {
  switch (type) {
    case storage::v1::EVENT_TYPE_BOUNCE:
    case storage::v1::EVENT_TYPE_COMPLAINT:
    case storage::v1::EVENT_TYPE_REJECT:
    case storage::v1::EVENT_TYPE_RENDERING_FAILURE:
    case storage::v1::EVENT_TYPE_DELIVERY_DELAY:
    case storage::v1::EVENT_TYPE_SUBSCRIPTION:
    case storage::v1::EVENT_TYPE_OTHER:
      return true;
    default:
      return false;
  }
}

std::string NamedValue(std::string_view name, std::string_view value) {
  std::string normal(name);
  normal.push_back('\0');
  normal += value;
  return normal;
}

std::string TypeValue(storage::v1::EventType type) {
  return std::string(1, static_cast<char>(type));
}

std::string SourceValue(std::uint16_t source) {
  std::string normal;
  AppendU16(normal, source);
  return normal;
}

Term Terms::Of(TermKind kind, std::string_view normal_form) const {
  std::string bytes;
  bytes.reserve(2 + normal_form.size());
  bytes.push_back(static_cast<char>(kind));
  bytes.push_back('\0');
  bytes += normal_form;
  return {hash_.Hash64(bytes)};
}

}  // namespace mailtrail::index
