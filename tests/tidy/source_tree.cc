#include "tests/tidy/source_tree.h"

#include <fstream>
#include <utility>

namespace mailtrail::tidy {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolders[] = {"clients", "ingest", "proto", "server", "storage", "tests"};
constexpr std::string_view kCopied[] = {"proto/google/", "proto/grpc/"};

bool IsSource(const fs::path& path) {
  const fs::path extension = path.extension();
  const fs::path name = path.filename();
  return extension == ".h" || extension == ".cc" || extension == ".proto" ||
         name == "CMakeLists.txt" || name == "README.md";
}

void Read(const fs::path& root, const fs::path& path, SourceTree& tree) {
  SourceFile file{.path = fs::relative(path, root).generic_string(), .lines = {}};
  for (const std::string_view copied : kCopied) {
    if (file.path.starts_with(copied)) return;
  }
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) file.lines.push_back(line);
  tree.emplace(file.path, std::move(file));
}

}  // namespace

std::string SourceFile::Folder() const {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string SourceFile::Name() const { return path.substr(path.rfind('/') + 1); }

SourceTree ReadSourceTree(const fs::path& root) {
  SourceTree tree;
  Read(root, root / "ARCHITECTURE.md", tree);
  for (const char* folder : kFolders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file() && IsSource(entry.path())) Read(root, entry.path(), tree);
    }
  }
  return tree;
}

std::string_view WithoutComment(std::string_view line) { return line.substr(0, line.find("//")); }

}  // namespace mailtrail::tidy
