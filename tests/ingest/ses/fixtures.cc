#include "tests/ingest/ses/fixtures.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace mailtrail::test {
namespace {

// Empty when there is no such file.
std::string Contents(const std::filesystem::path& path) {
  std::ostringstream text;
  if (std::ifstream file(path); file.is_open()) {
    text << file.rdbuf();
  }
  return text.str();
}

std::vector<Fixture> Load() {
  const std::filesystem::path folder = FixtureFolder();
  std::vector<Fixture> fixtures;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::filesystem::path path = entry.path();
    if (path.extension() != ".json") {
      continue;
    }
    Fixture& fixture = fixtures.emplace_back();
    fixture.json = Contents(path);
    fixture.textproto = Contents(path.replace_extension(".textproto"));
    fixture.outcome = Contents(path.replace_extension(".outcome"));
    fixture.name = path.replace_extension().lexically_relative(folder).string();
  }
  std::sort(fixtures.begin(), fixtures.end(),
            [](const Fixture& a, const Fixture& b) { return a.name < b.name; });
  return fixtures;
}

}  // namespace

std::filesystem::path FixtureFolder() {
  return std::filesystem::path(MAILTRAIL_SOURCE_DIR) / "tests/ingest/ses/fixtures";
}

const std::vector<Fixture>& Fixtures() {
  static const std::vector<Fixture> fixtures = Load();
  return fixtures;
}

}  // namespace mailtrail::test
