#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mailtrail::test {

// A fresh, empty folder below the system's temporary folder, removed with all it holds at the end
// of the scope.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The whole of a file. A file that cannot be read fails the test and gives "".
[[nodiscard]] std::string ReadFile(const std::filesystem::path& path);

// Makes or replaces a file. One that cannot be written fails the test.
void WriteFile(const std::filesystem::path& path, std::string_view bytes);

}  // namespace mailtrail::test
