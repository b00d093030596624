#include "tests/bench/results.h"

#include <fstream>
#include <iostream>

#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"

namespace mailtrail::bench {
namespace {

nlohmann::ordered_json OrNull(const std::optional<double>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

bool Result::holds() const {
  if (!target) return true;
  return better == Better::kHigher ? measured >= *target : measured <= *target;
}

void Report(const std::vector<Result>& results, const std::filesystem::path& file) {
  auto json = nlohmann::ordered_json::array();
  for (const Result& result : results) {
    json.push_back({{"name", result.name},
                    {"unit", result.unit},
                    {"measured", result.measured},
                    {"target", OrNull(result.target)},
                    {"ceiling", OrNull(result.ceiling)},
                    {"holds", result.holds()}});
    std::string line =
        absl::StrFormat("%-32s %12.1f %-10s", result.name, result.measured, result.unit);
    if (result.target) line += absl::StrFormat("  target %.1f", *result.target);
    if (result.ceiling) line += absl::StrFormat("  ceiling %.1f", *result.ceiling);
    std::cout << line << (result.holds() ? "" : "  MISSED") << std::endl;
  }
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << json.dump(1) << "\n";
}

}  // namespace mailtrail::bench
