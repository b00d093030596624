#include "storage/kv/store.h"

namespace mailtrail::kv {

std::optional<std::string> PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (end.empty()) return std::nullopt;
  end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

Bounds PrefixBounds(std::string_view prefix) { return {std::string(prefix), PrefixEnd(prefix)}; }

}  // namespace mailtrail::kv
