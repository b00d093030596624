#include <set>
#include <string>
#include <string_view>

#include "tests/tidy/rules.h"

namespace mailtrail::tidy {
namespace {

// The nearest CMakeLists.txt at or above a folder; nullptr when there is none.
const SourceFile* BuildFileOf(const SourceTree& tree, std::string folder) {
  while (true) {
    if (const auto found = tree.find(folder + "/CMakeLists.txt"); found != tree.end()) {
      return &found->second;
    }
    const auto slash = folder.rfind('/');
    if (slash == std::string::npos) return nullptr;
    folder.resize(slash);
  }
}

// Whether the name stands there as a word of its own ("text.cc" is not in "context.cc").
bool Names(const SourceFile& build_file, const std::string& name) {
  for (const std::string& line : build_file.lines) {
    const std::string words = " " + line.substr(0, line.find('#'));
    const auto place = words.find(name);
    if (place != std::string::npos &&
        std::string_view(" (/").find(words[place - 1]) != std::string_view::npos)
      return true;
  }
  return false;
}

void CheckReadme(const SourceTree& tree, const std::string& folder, Findings& findings) {
  const std::string path = folder + "/README.md";
  const auto readme = tree.find(path);
  if (readme == tree.end()) {
    findings.Add(path, 1,
                 "is missing: what the module owns, may use, keeps true, how to extend it");
  } else if (readme->second.lines.size() > kReadmeLinesMax) {
    findings.Add(path, readme->second.lines.size(), "is longer than one screen");
  }
}

}  // namespace

void CheckFolders(const SourceTree& tree, const Architecture& architecture, Findings& findings) {
  std::set<std::string> folders;
  for (const auto& [path, file] : tree) {
    if (!file.IsCode() && !file.Is(".proto")) continue;
    // A module that is one file says at its top what it is.
    const bool is_module = architecture.ModuleOf(file) == path;
    if (file.IsCode() && !file.IsTest() && !is_module) folders.insert(file.Folder());
    if (file.Is(".h")) continue;  // Headers are seen through the sources that include them.
    const SourceFile* build_file = BuildFileOf(tree, file.Folder());
    if (build_file == nullptr || !Names(*build_file, file.Name())) {
      findings.Add(path, 1, "no CMakeLists.txt names this file, so it is dead");
    }
  }
  for (const std::string& folder : folders) CheckReadme(tree, folder, findings);
}

}  // namespace mailtrail::tidy
