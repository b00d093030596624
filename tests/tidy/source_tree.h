// The project's sources as text, which is all that the rules look at.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrail::tidy {

struct SourceFile {
  std::string path;                // From the project's root, with slashes: "storage/kv/store.h".
  std::vector<std::string> lines;  // Without their newlines; line n is lines[n - 1].

  std::string Folder() const;  // "storage/kv"
  std::string Name() const;    // "store.h"
  bool Is(std::string_view extension) const { return path.ends_with(extension); }
  bool IsCode() const { return Is(".h") || Is(".cc"); }
  bool IsTest() const { return path.starts_with("tests/"); }
};

// By path, so that findings come in an order that stays.
using SourceTree = std::map<std::string, SourceFile>;

// Reads the code, protos, CMakeLists.txt and README.md below the source folders of `root`, and its
// ARCHITECTURE.md. What is copied from elsewhere (proto/google, proto/grpc) is left out.
SourceTree ReadSourceTree(const std::filesystem::path& root);

// A line of C++ without its // comment. Good enough for rules about words: a string literal that
// holds "//" loses its end.
std::string_view WithoutComment(std::string_view line);

}  // namespace mailtrail::tidy
