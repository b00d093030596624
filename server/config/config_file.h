#pragma once

// The configuration file: one JSON object. Members named like flags ("http-listen": "...",
// "indexed-header": ["X-Order-Id"]) hold the flags' values; one more holds what no flag can say:
//
//   {"sources": [{"name": "prod-eu",
//                 "topics": ["arn:aws:sns:eu-west-1:123456789012:ses-*"],
//                 "confirm_subscriptions": true}]}

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/config/config.h"

namespace mailtrail::server::config {

// A flag's name with its values, as texts.
using FileFlags = std::vector<std::pair<std::string, std::vector<std::string>>>;

// The file's members but "sources". kInvalidArgument in one sentence that names the file: not to be
// read, too large, no JSON object, a value that is no text, number, boolean or list of texts.
[[nodiscard]] absl::StatusOr<FileFlags> ReadFlags(const std::filesystem::path& file);

// The sources of --topic-arn and of the file, numbers left at 0. Read again when the file changes.
// kInvalidArgument in one sentence, also when there is no source at all: such a server would refuse
// every push.
[[nodiscard]] absl::StatusOr<std::vector<ingest::sns::SourceConfig>> ReadSources(
    const Config& config);

}  // namespace mailtrail::server::config
