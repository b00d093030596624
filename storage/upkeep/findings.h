#pragma once

// Gathers what a check finds.

#include <string>
#include <string_view>

#include "storage/kv/family.h"
#include "storage/log/sequence.h"
#include "storage/upkeep/check.h"

namespace mailtrail::upkeep {

class Findings {
 public:
  explicit Findings(CheckReport& report);

  void AddRow(kv::FamilyId family) { ++CheckOf(family).rows; }
  void Add(kv::FamilyId family, log::Sequence sequence, std::string_view what);
  void Add(kv::FamilyId family, std::string_view key, std::string_view what);
  void AddAt(kv::FamilyId family, std::string place, std::string_view what);

 private:
  FamilyCheck& CheckOf(kv::FamilyId family);

  CheckReport& report_;
};

}  // namespace mailtrail::upkeep
