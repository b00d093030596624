#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "tests/tidy/rules.h"

namespace mailtrail::tidy {
namespace {

// Characters as one sees them: UTF-8's continuation bytes do not count.
std::size_t Columns(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void CheckColumns(const SourceFile& file, Findings& findings) {
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (Columns(file.lines[i]) > kColumnsMax) {
      findings.Add(file.path, i + 1, "is longer than 100 columns");
    }
  }
}

bool HasPragmaOnce(const SourceFile& file) {
  return std::find(file.lines.begin(), file.lines.end(), "#pragma once") != file.lines.end();
}

// The rules and their tests say the words that they forbid.
constexpr std::string_view kRulesFolder = "tests/tidy/";

// Where a word must not stand.
enum class Where { kEverywhere, kProduct, kTests, kHeaders };

struct WordRule {
  std::vector<std::string_view> words;
  Where where;
  std::string_view reason;
  // Begin the paths of the files that the rule leaves alone.
  std::vector<std::string_view> except = {};
};

const std::vector<WordRule>& WordRules() {
  static const std::vector<WordRule> kRules = {
      {.words = {"TODO", "FIXME", "XXX", "HACK"},
       .where = Where::kEverywhere,
       .reason = "unfinished work is an issue, not a comment"},
      {.words = {"/work/", "../shared"},
       .where = Where::kEverywhere,
       .reason = "a place that only one machine has"},
      {.words = {"sleep_for", "sleep_until", "usleep", "nanosleep", "SleepFor"},
       .where = Where::kTests,
       .reason = "a test waits for what it waits for; it never just sleeps"},
      {.words = {"GTEST_SKIP", "DISABLED_", "SUCCEED("},
       .where = Where::kTests,
       .reason = "a test that does not test"},
      {.words = {"absl::string_view", "absl::optional"},
       .where = Where::kHeaders,
       .reason = "Debian's Abseil has its own; headers take the standard one",
       .except = {"storage/base/text.h"}},
      {.words = {"std::mutex", "std::shared_mutex", "std::recursive_mutex",
                 "std::condition_variable", "std::lock_guard", "std::unique_lock"},
       .where = Where::kProduct,
       .reason = "take Mutex of storage/base, which both analysers see",
       .except = {"storage/base/mutex.h"}},
      {.words = {"system_clock::now", "steady_clock::now", "absl::Now("},
       .where = Where::kProduct,
       .reason = "take the time from a Clock&",
       // A client runs in a process that is not ours: its deadlines are the wall clock's.
       .except = {"storage/base/clock", "clients/"}},
  };
  return kRules;
}

bool IsWordCharacter(char c) {
  return c == '_' || absl::ascii_isalnum(static_cast<unsigned char>(c));
}

// Whether `line` holds `word` as a word of its own. One that ends in '_', '(' or '/' may go on.
bool Says(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool begins = at == 0 || !IsWordCharacter(line[at - 1]);
    const bool goes_on = std::string_view("_(/").find(word.back()) != std::string_view::npos;
    if (begins && (goes_on || end == line.size() || !IsWordCharacter(line[end]))) return true;
  }
  return false;
}

bool Applies(const WordRule& rule, const SourceFile& file) {
  for (const std::string_view prefix : rule.except) {
    if (file.path.starts_with(prefix)) return false;
  }
  switch (rule.where) {
    case Where::kEverywhere:
      return true;
    case Where::kProduct:
      return file.IsCode() && !file.IsTest();
    case Where::kTests:
      return file.IsCode() && file.IsTest();
    case Where::kHeaders:
      return file.Is(".h");
  }
  return false;
}

void CheckLine(const SourceFile& file, std::size_t line, const WordRule& rule, Findings& findings) {
  const std::string_view text = rule.where == Where::kEverywhere
                                    ? std::string_view(file.lines[line - 1])
                                    : WithoutComment(file.lines[line - 1]);
  for (const std::string_view word : rule.words) {
    if (!Says(text, word)) continue;
    findings.Add(file.path, line, "says " + std::string(word) + ": " + std::string(rule.reason));
  }
}

}  // namespace

void CheckShape(const SourceTree& tree, Findings& findings) {
  for (const auto& [path, file] : tree) {
    if (!file.IsCode() && !file.Is(".proto")) continue;
    CheckColumns(file, findings);
    if (file.IsCode() && file.lines.size() > kFileLinesMax) {
      findings.Add(path, file.lines.size(), "is longer than 400 lines: one concept per file");
    }
    if (file.Is(".h") && !HasPragmaOnce(file)) findings.Add(path, 1, "has no #pragma once");
  }
}

void CheckWords(const SourceTree& tree, Findings& findings) {
  for (const auto& [path, file] : tree) {
    if (path.starts_with(kRulesFolder)) continue;
    for (const WordRule& rule : WordRules()) {
      if (!Applies(rule, file)) continue;
      for (std::size_t line = 1; line <= file.lines.size(); ++line) {
        CheckLine(file, line, rule, findings);
      }
    }
  }
}

}  // namespace mailtrail::tidy
