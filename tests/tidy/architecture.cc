#include "tests/tidy/architecture.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace mailtrail::tidy {
namespace {

constexpr std::string_view kEveryModule = "every module";
constexpr std::string_view kAll = "all";

std::string Plain(const std::string& cell) {
  std::string text = cell;
  std::erase(text, '`');
  return std::string(absl::StripAsciiWhitespace(text));
}

std::vector<std::string> Cells(const std::string& row) {
  std::vector<std::string> cells = absl::StrSplit(row, '|');
  cells.erase(cells.begin());
  if (!cells.empty()) cells.pop_back();
  return cells;
}

std::vector<std::string> List(const std::string& cell) {
  std::vector<std::string> names;
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(cell, ','))) {
    if (!Plain(name).empty()) names.push_back(Plain(name));
  }
  return names;
}

const Library* Longest(const std::vector<Library>& libraries,
                       const std::vector<std::string> Library::* prefixes, std::string_view name) {
  const Library* best = nullptr;
  std::size_t best_size = 0;
  for (const Library& library : libraries) {
    for (const std::string& prefix : library.*prefixes) {
      if (!name.starts_with(prefix) || prefix.size() <= best_size) continue;
      best = &library;
      best_size = prefix.size();
    }
  }
  return best;
}

}  // namespace

Architecture Architecture::Read(const SourceFile& page, Findings& findings) {
  Architecture architecture;
  std::string table;
  for (std::size_t line = 1; line <= page.lines.size(); ++line) {
    const std::string& text = page.lines[line - 1];
    if (!text.starts_with("|")) {
      table.clear();
    } else if (table.empty()) {
      table = Plain(Cells(text).front());
    } else if (text.starts_with("|--")) {
      continue;
    } else if (table == "module") {
      architecture.ReadModule(page, line, findings);
    } else if (table == "library") {
      architecture.ReadLibrary(page, line, findings);
    }
  }
  architecture.ResolveNames(findings);
  architecture.FindCycles(findings);
  return architecture;
}

void Architecture::ReadModule(const SourceFile& page, std::size_t line, Findings& findings) {
  const std::vector<std::string> cells = Cells(page.lines[line - 1]);
  if (cells.size() != 3) {
    findings.Add(page.path, line, "a module's row has three cells: module, what it owns, may use");
    return;
  }
  Module module;
  module.line = line;
  for (const std::string& name : List(cells[2])) {
    if (name == kAll) {
      module.may_use_all = true;
    } else {
      module.may_use.insert(name);
    }
  }
  const std::string path = Plain(cells[0]);
  if (path == kEveryModule) {
    every_ = std::move(module);
  } else if (!modules_.emplace(path, std::move(module)).second) {
    findings.Add(page.path, line, absl::StrCat("the module ", path, " has a row already"));
  }
}

void Architecture::ReadLibrary(const SourceFile& page, std::size_t line, Findings& findings) {
  const std::vector<std::string> cells = Cells(page.lines[line - 1]);
  if (cells.size() != 3 || List(cells[1]).empty()) {
    findings.Add(page.path, line, "a library's row has three cells: library, headers, targets");
    return;
  }
  libraries_.push_back(
      {.name = Plain(cells[0]), .headers = List(cells[1]), .targets = List(cells[2])});
}

std::optional<std::string> Architecture::Resolve(const std::string& name) const {
  if (modules_.contains(name) || name.ends_with(".h")) return name;
  for (const Library& library : libraries_) {
    if (library.name == name) return name;
  }
  std::optional<std::string> found;
  for (const auto& [path, module] : modules_) {
    if (!path.ends_with("/" + name)) continue;
    if (found) return std::nullopt;
    found = path;
  }
  return found;
}

void Architecture::ResolveNames(Findings& findings) {
  const auto resolve = [&](Module& module) {
    std::set<std::string> resolved;
    for (const std::string& name : module.may_use) {
      if (const auto full = Resolve(name)) {
        resolved.insert(*full);
      } else {
        findings.Add(kArchitecturePage, module.line,
                     absl::StrCat("'", name, "' names no module or library, or more than one"));
      }
    }
    module.may_use = std::move(resolved);
  };
  resolve(every_);
  for (auto& [path, module] : modules_) resolve(module);
}

void Architecture::FindCycles(Findings& findings) const {
  std::set<std::string> done;
  std::vector<std::string> way;
  const std::function<void(const std::string&)> visit = [&](const std::string& path) {
    if (done.contains(path)) return;
    way.push_back(path);
    if (const auto begin = std::find(way.begin(), way.end() - 1, path); begin != way.end() - 1) {
      findings.Add(kArchitecturePage, modules_.at(path).line,
                   absl::StrCat("the modules go in a circle: ",
                                absl::StrJoin(std::vector<std::string>(begin, way.end()), " -> ")));
    } else {
      for (const std::string& next : modules_.at(path).may_use) {
        if (modules_.contains(next)) visit(next);
      }
      done.insert(path);
    }
    way.pop_back();
  };
  for (const auto& [path, module] : modules_) visit(path);
}

std::optional<std::string> Architecture::ModuleOf(const SourceFile& file) const {
  if (modules_.contains(file.path)) return file.path;
  if (modules_.contains(file.Folder())) return file.Folder();
  return std::nullopt;
}

std::optional<std::string> Architecture::ModuleOfInclude(std::string_view include) const {
  for (const std::string& path :
       {std::string(include), absl::StrCat("proto/", std::string(include))}) {
    if (auto module = ModuleOf(SourceFile{.path = path, .lines = {}})) return module;
  }
  return std::nullopt;
}

const Library* Architecture::LibraryOfHeader(std::string_view header) const {
  return Longest(libraries_, &Library::headers, header);
}

const Library* Architecture::LibraryOfTarget(std::string_view target) const {
  return Longest(libraries_, &Library::targets, target);
}

bool Architecture::MayUse(const std::string& module, const std::string& other) const {
  const Module& row = modules_.at(module);
  return module == other || row.may_use_all || row.may_use.contains(other) ||
         every_.may_use.contains(other);
}

}  // namespace mailtrail::tidy
