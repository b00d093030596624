#include "server/config/config_file.h"

#include <fstream>
#include <sstream>

#include "nlohmann/json.hpp"
#include "server/config/limits.h"
#include "storage/base/status.h"

namespace mailtrail::server::config {
namespace {

using Json = nlohmann::ordered_json;

template <typename... Args>
absl::Status FileError(const std::filesystem::path& file, const Args&... args) {
  return MakeStatus(absl::StatusCode::kInvalidArgument, "configuration file ", file.string(), ": ",
                    args...);
}

absl::StatusOr<Json> ReadObject(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return FileError(file, "cannot be read; check its path and permissions");
  std::string text(kConfigFileBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kConfigFileBytesMax) {
    return FileError(file, "is larger than ", kConfigFileBytesMax, " bytes");
  }
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/false);
  if (json.is_discarded()) return FileError(file, "is no valid JSON");
  if (!json.is_object()) return FileError(file, "must hold one JSON object");
  return json;
}

// A scalar as a flag's text; nullopt for anything else.
std::optional<std::string> Scalar(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number_integer()) return value.dump();
  return std::nullopt;
}

absl::StatusOr<std::vector<std::string>> Texts(const std::filesystem::path& file,
                                               const std::string& name, const Json& value) {
  std::vector<std::string> texts;
  for (const Json& item : value.is_array() ? value : Json::array({value})) {
    auto text = Scalar(item);
    if (!text) {
      return FileError(file, "\"", name, "\" must be a text, a number, true or false, or a list");
    }
    texts.push_back(*std::move(text));
  }
  return texts;
}

absl::StatusOr<ingest::sns::SourceConfig> ReadSource(const std::filesystem::path& file,
                                                     const Json& json) {
  ingest::sns::SourceConfig source;
  if (!json.is_object()) return FileError(file, "each of \"sources\" must be an object");
  for (const auto& [name, value] : json.items()) {
    if (name == "name" && value.is_string()) {
      source.name = value.get<std::string>();
    } else if (name == "topics" && value.is_array()) {
      MT_ASSIGN_OR_RETURN(source.topics, Texts(file, "topics", value));
    } else if (name == "confirm_subscriptions" && value.is_boolean()) {
      source.confirm_subscriptions = value.get<bool>();
    } else {
      return FileError(file, "a source has \"name\" (text), \"topics\" (list of ARN patterns) and ",
                       "\"confirm_subscriptions\" (true or false); \"", name,
                       "\" is none of them or of another kind");
    }
  }
  return source;
}

}  // namespace

absl::StatusOr<FileFlags> ReadFlags(const std::filesystem::path& file) {
  MT_ASSIGN_OR_RETURN(const Json json, ReadObject(file));
  FileFlags flags;
  for (const auto& [name, value] : json.items()) {
    if (name == "sources") continue;
    MT_ASSIGN_OR_RETURN(auto texts, Texts(file, name, value));
    flags.emplace_back(name, std::move(texts));
  }
  return flags;
}

absl::StatusOr<std::vector<ingest::sns::SourceConfig>> ReadSources(const Config& config) {
  MT_ASSIGN_OR_RETURN(auto sources, ingest::sns::SourcesOfTopics(config.topic_patterns));
  for (auto& source : sources) source.confirm_subscriptions = config.confirm_subscriptions;
  if (config.config_file) {
    MT_ASSIGN_OR_RETURN(const Json json, ReadObject(*config.config_file));
    const Json listed = json.value("sources", Json::array());
    if (!listed.is_array()) return FileError(*config.config_file, "\"sources\" must be a list");
    if (listed.size() > kSourcesMax) {
      return FileError(*config.config_file, "holds more than ", kSourcesMax, " sources");
    }
    for (const Json& item : listed) {
      MT_ASSIGN_OR_RETURN(auto source, ReadSource(*config.config_file, item));
      sources.push_back(std::move(source));
    }
  }
  if (sources.empty()) {
    return absl::InvalidArgumentError(
        "no source is configured, so every push would be refused; name the SNS topics to listen to "
        "with --topic-arn or under \"sources\" in the configuration file");
  }
  return sources;
}

}  // namespace mailtrail::server::config
