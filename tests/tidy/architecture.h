// The tables of ARCHITECTURE.md as values. The page is the only place that says who may use whom.
//
// Modules: | `path` | what it owns | may use |
//   `path` is a folder with sources, or one file. 'May use' is a comma list of modules (a path, or
//   the end of one that no other module shares), libraries, file names that may be included from
//   any module (`options.h`), or the word `all`. The row `every module` says what is open to all.
// Libraries: | library | headers | targets |
//   headers and targets are lists of backticked prefixes: `rocksdb/`, `RocksDB::`.

#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/findings.h"
#include "tests/tidy/source_tree.h"

namespace mailtrail::tidy {

inline constexpr std::string_view kArchitecturePage = "ARCHITECTURE.md";

struct Module {
  std::set<std::string> may_use;  // Modules by path, libraries and files by name.
  bool may_use_all = false;
  std::size_t line = 0;  // Where its row stands.
};

struct Library {
  std::string name;
  std::vector<std::string> headers;  // Prefixes.
  std::vector<std::string> targets;  // Prefixes.
};

class Architecture {
 public:
  // Reads both tables; what does not fit the form above, and a cycle among the modules, are
  // findings.
  static Architecture Read(const SourceFile& page, Findings& findings);

  // The module that a source file belongs to: the row of the file itself, or of its very folder.
  std::optional<std::string> ModuleOf(const SourceFile& file) const;

  // The module that an include names ("storage/kv/store.h", "mailtrail/v1/event.pb.h").
  std::optional<std::string> ModuleOfInclude(std::string_view include) const;

  // The library with the longest prefix of a header or of a CMake target; nullptr when none.
  const Library* LibraryOfHeader(std::string_view header) const;
  const Library* LibraryOfTarget(std::string_view target) const;

  // Whether code of `module` may use another module, a library or a file by that name.
  bool MayUse(const std::string& module, const std::string& other) const;

 private:
  void ReadModule(const SourceFile& page, std::size_t line, Findings& findings);
  void ReadLibrary(const SourceFile& page, std::size_t line, Findings& findings);
  std::optional<std::string> Resolve(const std::string& name) const;
  void ResolveNames(Findings& findings);
  void FindCycles(Findings& findings) const;

  std::map<std::string, Module> modules_;
  std::vector<Library> libraries_;
  Module every_;
};

}  // namespace mailtrail::tidy
