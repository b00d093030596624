#include "storage/upkeep/findings.h"

#include <algorithm>
#include <utility>

#include "storage/base/text.h"
#include "storage/upkeep/limits.h"

namespace mailtrail::upkeep {

Findings::Findings(CheckReport& report) : report_(report) {
  for (const kv::Family& family : kv::kFamilies) {
    if (family.origin != kv::Origin::kLocal) report_.families.push_back({.family = family.name});
  }
}

void Findings::Add(kv::FamilyId family, log::Sequence sequence, std::string_view what) {
  AddAt(family, Cat("sequence ", sequence.value), what);
}

void Findings::Add(kv::FamilyId family, std::string_view key, std::string_view what) {
  AddAt(family, Cat("key ", HexEncode(key)), what);
}

FamilyCheck& Findings::CheckOf(kv::FamilyId family) {
  return *std::ranges::find(report_.families, kv::FamilyOf(family).name, &FamilyCheck::family);
}

void Findings::AddAt(kv::FamilyId family, std::string place, std::string_view what) {
  ++CheckOf(family).differences;
  if (report_.differences.size() >= kDifferencesDescribedMax) return;
  report_.differences.push_back({kv::FamilyOf(family).name, std::move(place), std::string(what)});
}

}  // namespace mailtrail::upkeep
