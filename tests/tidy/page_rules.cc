#include <filesystem>
#include <regex>
#include <string>

#include "tests/tidy/rules.h"

namespace mailtrail::tidy {

void CheckPage(const SourceTree& tree, const std::filesystem::path& root, Findings& findings) {
  // `storage/kv/store.h`: in backticks, below a folder of sources, with an extension.
  static const std::regex kPath(
      R"re(`((?:clients|ingest|proto|server|storage|tests|\.ci)/[\w./-]*\.\w+)`)re");
  const SourceFile& page = tree.at(std::string(kArchitecturePage));
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    for (std::sregex_iterator it(page.lines[i].begin(), page.lines[i].end(), kPath), end; it != end;
         ++it) {
      const std::string path = (*it)[1].str();
      if (!std::filesystem::exists(root / path)) {
        findings.Add(page.path, i + 1, "names " + path + ", which does not exist");
      }
    }
  }
}

}  // namespace mailtrail::tidy
