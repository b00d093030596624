#pragma once

// The server's whole configuration: parsed once, validated, then never changed, but for the
// sources, which are read again when the configuration file changes.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ingest/http/options.h"
#include "ingest/sns/sources.h"
#include "storage/base/logger.h"

namespace mailtrail::server::config {

struct Config {
  std::filesystem::path data_dir;
  std::filesystem::path key_file;
  std::optional<std::filesystem::path> signing_cert_dir;
  std::optional<std::filesystem::path> config_file;

  ingest::http::Options push_listener;
  ingest::http::Options metrics_listener;
  std::string grpc_listen;

  // Of --topic-arn; those of the configuration file are read by ReadSources().
  std::vector<std::string> topic_patterns;
  bool confirm_subscriptions = true;
  bool require_known_issuer = false;

  std::vector<std::string> indexed_tags;
  std::vector<std::string> indexed_headers;

  std::size_t cache_bytes = 0;
  std::size_t write_buffer_bytes = 0;
  // From SIGTERM to the end: how long streams and pushes in flight may take.
  std::int64_t drain_ms = 0;
  LogLevel log_level = LogLevel::kInfo;
};

}  // namespace mailtrail::server::config
