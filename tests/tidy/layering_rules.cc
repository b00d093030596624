#include <array>
#include <optional>
#include <regex>
#include <string>
#include <string_view>

#include "tests/tidy/rules.h"

namespace mailtrail::tidy {
namespace {

// The folder of the protos, below which paths are as protoc sees them.
constexpr std::string_view kProtoFolder = "proto/";
constexpr std::string_view kTestFolder = "tests/";
// What each module may show to the one that makes the configuration.
constexpr std::string_view kOptionsFile = "options.h";

std::optional<std::string> IncludeIn(const std::string& line) {
  static const std::regex kInclude(
      R"re(^\s*(?:#\s*include\s*[<"]|import\s+(?:public\s+)?")([^>"]+)[>"])re");
  std::smatch match;
  if (!std::regex_search(line, match, kInclude)) return std::nullopt;
  return match[1].str();
}

// <vector> and <cstdint>: no folder and no extension.
bool IsStandardHeader(std::string_view include) {
  return include.find('/') == std::string_view::npos && include.find('.') == std::string_view::npos;
}

// What is wrong with an include of `module`; "" when nothing is.
std::string WhyNotInclude(const Architecture& architecture, const std::string& module,
                          const std::string& include) {
  if (include.starts_with(kTestFolder)) return "the product does not include the tests";
  if (include.ends_with(".grpc.pb.h") && !architecture.MayUse(module, "gRPC")) {
    return module + " may not use gRPC";
  }
  if (const auto other = architecture.ModuleOfInclude(include)) {
    const std::string name = include.substr(include.rfind('/') + 1);
    if (architecture.MayUse(module, *other) || architecture.MayUse(module, name)) return "";
    return module + " may not use " + *other;
  }
  if (const Library* library = architecture.LibraryOfHeader(include)) {
    return architecture.MayUse(module, library->name) ? ""
                                                      : module + " may not use " + library->name;
  }
  if (IsStandardHeader(include)) return "";
  return "no module or library of ARCHITECTURE.md has this header";
}

void CheckFile(const SourceFile& file, const Architecture& architecture, Findings& findings) {
  const auto module = architecture.ModuleOf(file);
  if (!module) {
    findings.Add(file.path, 1,
                 "no row of ARCHITECTURE.md's modules names the folder " + file.Folder());
    return;
  }
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const auto include = IncludeIn(file.lines[i]);
    if (!include) continue;
    const std::string why = WhyNotInclude(architecture, *module, *include);
    if (!why.empty()) findings.Add(file.path, i + 1, "includes " + *include + ": " + why);
  }
}

// The module whose CMakeLists.txt declares the target mailtrail_<name>.
std::map<std::string, std::string> ModulesByTarget(const SourceTree& tree) {
  static const std::regex kLibrary(R"re(mailtrail_(?:library|proto)\((\w+))re");
  std::map<std::string, std::string> modules;
  for (const auto& [path, file] : tree) {
    if (file.Name() != "CMakeLists.txt" || file.IsTest()) continue;
    for (const std::string& line : file.lines) {
      std::smatch match;
      if (std::regex_search(line, match, kLibrary)) modules[match[1].str()] = file.Folder();
    }
  }
  return modules;
}

// What is wrong with linking `target`; "" when nothing is. A proto target stands for its folder's
// protos, whose includes are checked one by one, so it is left out here.
std::string WhyNotLink(const Architecture& architecture,
                       const std::map<std::string, std::string>& modules, const std::string& module,
                       const std::string& target) {
  if (target.starts_with("mailtrail::")) {
    const auto other = modules.find(target.substr(std::string_view("mailtrail::").size()));
    if (other == modules.end()) return "no CMakeLists.txt declares it";
    if ((other->second + "/").starts_with(kProtoFolder)) return "";
    // Who may include a file of every module links them all; its includes show what it takes.
    const bool may = architecture.MayUse(module, other->second) ||
                     architecture.MayUse(module, std::string(kOptionsFile));
    return may ? "" : module + " may not use " + other->second;
  }
  const Library* library = architecture.LibraryOfTarget(target);
  if (library == nullptr) return "no library of ARCHITECTURE.md has this target";
  return architecture.MayUse(module, library->name) ? "" : module + " may not use " + library->name;
}

void CheckLinks(const SourceFile& file, const Architecture& architecture,
                const std::map<std::string, std::string>& modules, Findings& findings) {
  static const std::regex kTarget(R"re([A-Za-z_][\w+-]*::[\w+:-]+)re");
  const auto module = architecture.ModuleOf(file);
  if (!module) return;  // A folder of modules, with nothing but add_subdirectory.
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string line = file.lines[i].substr(0, file.lines[i].find('#'));
    for (std::sregex_iterator it(line.begin(), line.end(), kTarget), end; it != end; ++it) {
      const std::string why = WhyNotLink(architecture, modules, *module, it->str());
      if (!why.empty()) findings.Add(file.path, i + 1, "links " + it->str() + ": " + why);
    }
  }
}

}  // namespace

void CheckIncludes(const SourceTree& tree, const Architecture& architecture, Findings& findings) {
  for (const auto& [path, file] : tree) {
    if (file.IsTest() || !(file.IsCode() || file.Is(".proto"))) continue;
    CheckFile(file, architecture, findings);
  }
}

void CheckTargets(const SourceTree& tree, const Architecture& architecture, Findings& findings) {
  const auto modules = ModulesByTarget(tree);
  for (const auto& [path, file] : tree) {
    if (file.Name() == "CMakeLists.txt" && !file.IsTest()) {
      CheckLinks(file, architecture, modules, findings);
    }
  }
}

}  // namespace mailtrail::tidy
