// The rules themselves. Each looks at the whole tree and adds a finding for what breaks it.

#pragma once

#include <cstddef>
#include <filesystem>

#include "tests/tidy/architecture.h"
#include "tests/tidy/findings.h"
#include "tests/tidy/source_tree.h"

namespace mailtrail::tidy {

// Limits that keep a file within one head, and a module's README within one screen.
inline constexpr std::size_t kFileLinesMax = 400;
inline constexpr std::size_t kColumnsMax = 100;
inline constexpr std::size_t kReadmeLinesMax = 60;

// Each source belongs to a module of ARCHITECTURE.md and includes (a proto: imports) only what its
// module may use. Tests may use everything.
void CheckIncludes(const SourceTree& tree, const Architecture& architecture, Findings& findings);

// Each CMakeLists.txt links only what its module may use.
void CheckTargets(const SourceTree& tree, const Architecture& architecture, Findings& findings);

// Each folder with code has a short README.md, and each source is named in a CMakeLists.txt.
void CheckFolders(const SourceTree& tree, const Architecture& architecture, Findings& findings);

// Each path that ARCHITECTURE.md names in backticks is a file below `root`.
void CheckPage(const SourceTree& tree, const std::filesystem::path& root, Findings& findings);

// Lines, columns, `#pragma once`.
void CheckShape(const SourceTree& tree, Findings& findings);

// Words that our sources do without: text_rules.cc has the table.
void CheckWords(const SourceTree& tree, Findings& findings);

}  // namespace mailtrail::tidy
