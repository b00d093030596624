#pragma once

#include <string>
#include <vector>

namespace mailtrail::cli {

// Rows under a header, each column as wide as its widest cell; the last one is not padded. Cells
// must be escaped.
class Table {
 public:
  explicit Table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] std::vector<std::string> Lines() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace mailtrail::cli
