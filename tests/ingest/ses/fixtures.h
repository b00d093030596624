#pragma once

// The payloads in ./fixtures. Adding a pair there adds a test: NAME.json, and beside it either
// NAME.textproto, the event that it is, or NAME.outcome, one line that says why it is none.

#include <filesystem>
#include <string>
#include <vector>

namespace mailtrail::test {

struct Fixture {
  std::string name;  // "event/bounce/awsdocs-firehose".
  std::string json;
  std::string textproto;  // Empty: see outcome.
  std::string outcome;    // Empty: see textproto.
};

// Sorted by name.
[[nodiscard]] const std::vector<Fixture>& Fixtures();

[[nodiscard]] std::filesystem::path FixtureFolder();

}  // namespace mailtrail::test
