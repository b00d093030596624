#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mailtrail::bench {

enum class Better { kHigher, kLower };

// One figure. `ceiling`: the best that could be, measured in the same run.
struct Result {
  std::string name;
  std::string unit;
  double measured = 0;
  std::optional<double> target;
  std::optional<double> ceiling;
  Better better = Better::kHigher;

  // Figures without a target hold.
  [[nodiscard]] bool holds() const;
};

// Prints a line a figure, and writes
//   [{"name","unit","measured","target","ceiling","holds"}]
void Report(const std::vector<Result>& results, const std::filesystem::path& file);

}  // namespace mailtrail::bench
