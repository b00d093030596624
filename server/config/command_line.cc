#include "server/config/command_line.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "CLI/CLI.hpp"
#include "server/config/config_file.h"
#include "server/config/flag_values.h"
#include "server/config/limits.h"
#include "storage/base/status.h"

namespace mailtrail::server::config {
namespace {

constexpr const char* kDescription =
    "mailtrail-server receives SES events from SNS, proves and stores them, and answers over gRPC.";

constexpr const char* kFooter =
    "Each flag can also be set as an environment variable (--http-listen: MAILTRAIL_HTTP_LISTEN) "
    "or\n"
    "as a member of the JSON file that --config names (\"http-listen\"). A flag wins over the\n"
    "environment, the environment over the file. The file's \"sources\" are read again when it\n"
    "changes.\n"
    "\n"
    "  mailtrail-server check --data-dir DIR    proves that a stopped server's indexes agree with "
    "its "
    "log\n";

// Values as texts, before they are understood.
struct Flags {
  std::string data_dir;
  std::string key_file;
  std::string signing_cert_dir;
  std::string config_file;
  std::string http_listen = "127.0.0.1:8025";
  std::string grpc_listen = "127.0.0.1:8026";
  std::string metrics_listen = "127.0.0.1:8027";
  std::vector<std::string> topics;
  bool confirm_subscriptions = true;
  bool require_known_issuer = false;
  std::vector<std::string> indexed_tags;
  std::vector<std::string> indexed_headers;
  int http_threads = 2;
  std::string http_idle = "75s";
  std::string cache_size = "256MiB";
  std::string write_buffer_size = "128MiB";
  std::string drain = "20s";
  std::string log_level = "info";
};

std::string EnvironmentName(std::string flag) {
  for (char& c : flag) c = c == '-' ? '_' : static_cast<char>(std::toupper(c));
  return "MAILTRAIL_" + flag;
}

// An option that can be set by flag and by environment.
template <typename T>
CLI::Option* Add(CLI::App& app, const std::string& name, T& value, const std::string& help) {
  return app.add_option("--" + name, value, help)->envname(EnvironmentName(name));
}

void AddStoreFlags(CLI::App& app, Flags& flags) {
  Add(app, "data-dir", flags.data_dir, "Folder of the store; made when absent")->type_name("DIR");
  Add(app, "key-file", flags.key_file,
      "The store's secret (default DIR/key; in production keep it on another volume)")
      ->type_name("FILE");
}

void AddListenFlags(CLI::App& app, Flags& flags) {
  Add(app, "http-listen", flags.http_listen, "Where SNS posts to: POST /v1/sns")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  Add(app, "grpc-listen", flags.grpc_listen, "The API")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  Add(app, "metrics-listen", flags.metrics_listen, "GET /livez /readyz /metrics")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  Add(app, "http-threads", flags.http_threads, "Threads of the push listener")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  Add(app, "http-idle", flags.http_idle,
      "How long an idle connection is kept; must be longer than the load balancer's (60s)")
      ->type_name("DURATION")
      ->capture_default_str();
  Add(app, "drain", flags.drain, "How long a stop waits for streams and pushes in flight")
      ->type_name("DURATION")
      ->capture_default_str();
}

void AddSourceFlags(CLI::App& app, Flags& flags) {
  Add(app, "topic-arn", flags.topics,
      "Topic to listen to, repeatable; its name may hold '*', the rest not. It belongs to the "
      "source "
      "<account>-<region>")
      ->type_name("ARN")
      ->delimiter(',')
      ->allow_extra_args(false);
  Add(app, "signing-cert-dir", flags.signing_cert_dir,
      "Signing certificates taken as given: PEM files named as in their URL")
      ->type_name("DIR");
  Add(app, "confirm-subscriptions", flags.confirm_subscriptions,
      "Confirm subscriptions of listed topics")
      ->type_name("BOOL")
      ->capture_default_str();
  Add(app, "require-known-issuer", flags.require_known_issuer,
      "Answer 503 when a fetched certificate's issuer is not one that Amazon is known to use")
      ->type_name("BOOL")
      ->capture_default_str();
}

void AddOtherFlags(CLI::App& app, Flags& flags) {
  Add(app, "indexed-tag", flags.indexed_tags,
      "Automatic tag to index, such as ses:outgoing-ip; repeatable. Your own tags always are")
      ->type_name("NAME")
      ->delimiter(',')
      ->allow_extra_args(false);
  Add(app, "indexed-header", flags.indexed_headers,
      "Header to index, such as X-Order-Id; repeatable, at most 8")
      ->type_name("NAME")
      ->delimiter(',')
      ->allow_extra_args(false);
  Add(app, "cache-size", flags.cache_size, "Block cache")->type_name("SIZE")->capture_default_str();
  Add(app, "write-buffer-size", flags.write_buffer_size, "All write buffers together")
      ->type_name("SIZE")
      ->capture_default_str();
  Add(app, "log-level", flags.log_level, "debug, info, warning or error")->capture_default_str();
  Add(app, "config", flags.config_file, "JSON file with flags and sources")->type_name("FILE");
}

struct Parser {
  Parser() : app(kDescription, "mailtrail-server") {
    AddStoreFlags(app, flags);
    AddListenFlags(app, flags);
    AddSourceFlags(app, flags);
    AddOtherFlags(app, flags);
    app.footer(kFooter);
    app.set_version_flag("--version", MAILTRAIL_VERSION, "Print the version and end");
    check = app.add_subcommand("check", "Prove that the indexes agree with the log, and end");
    check->fallthrough();
  }
  Flags flags;
  CLI::App app;
  CLI::App* check;
};

absl::StatusOr<std::size_t> SizeAtLeast(const char* flag, const std::string& text,
                                        std::size_t min) {
  auto size = ParseSize(text);
  if (!size.ok()) return Annotate(size.status(), flag);
  if (*size < min) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, flag, ": must be at least ", min,
                      " bytes");
  }
  return size;
}

absl::StatusOr<Config> ToConfig(const Flags& flags) {
  Config config;
  config.data_dir = flags.data_dir;
  config.key_file =
      flags.key_file.empty() ? config.data_dir / "key" : std::filesystem::path(flags.key_file);
  if (!flags.signing_cert_dir.empty()) config.signing_cert_dir = flags.signing_cert_dir;
  if (!flags.config_file.empty()) config.config_file = flags.config_file;
  config.push_listener.name = "push";
  config.push_listener.listen = flags.http_listen;
  config.push_listener.threads = flags.http_threads;
  auto idle = ParseDuration(flags.http_idle);
  if (!idle.ok()) return Annotate(idle.status(), "--http-idle");
  config.push_listener.idle_ms = *idle;
  MT_RETURN_IF_ERROR(ingest::http::Validate(config.push_listener));
  config.metrics_listener.name = "metrics";
  config.metrics_listener.listen = flags.metrics_listen;
  MT_RETURN_IF_ERROR(ingest::http::Validate(config.metrics_listener));
  config.grpc_listen = flags.grpc_listen;
  config.topic_patterns = flags.topics;
  config.confirm_subscriptions = flags.confirm_subscriptions;
  config.require_known_issuer = flags.require_known_issuer;
  config.indexed_tags = flags.indexed_tags;
  config.indexed_headers = flags.indexed_headers;
  MT_ASSIGN_OR_RETURN(config.cache_bytes,
                      SizeAtLeast("--cache-size", flags.cache_size, kCacheBytesMin));
  MT_ASSIGN_OR_RETURN(
      config.write_buffer_bytes,
      SizeAtLeast("--write-buffer-size", flags.write_buffer_size, kWriteBufferBytesMin));
  auto drain = ParseDuration(flags.drain);
  if (!drain.ok()) return Annotate(drain.status(), "--drain");
  if (*drain > kDrainMsMax) return absl::InvalidArgumentError("--drain: at most 10m");
  config.drain_ms = *drain;
  auto level = ParseLogLevel(flags.log_level);
  if (!level.ok()) return Annotate(level.status(), "--log-level");
  config.log_level = *level;
  return config;
}

// The file's flags that neither command line nor environment has set, as arguments.
absl::StatusOr<std::vector<std::string>> ArgumentsOfFile(const Parser& parsed) {
  const std::filesystem::path file = parsed.flags.config_file;
  MT_ASSIGN_OR_RETURN(const FileFlags file_flags, ReadFlags(file));
  std::vector<std::string> arguments;
  for (const auto& [name, values] : file_flags) {
    const CLI::Option* option = parsed.app.get_option_no_throw("--" + name);
    if (option == nullptr || name == "config" || name == "version" || name == "help") {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "configuration file ", file.string(),
                        ": \"", name, "\" is no flag of mailtrail-server; see --help");
    }
    if (option->count() > 0) continue;
    for (const std::string& value : values) arguments.push_back("--" + name + "=" + value);
  }
  return arguments;
}

Exit Mistake(std::string_view message) {
  return {.code = 2,
          .text = Cat("mailtrail-server: ", message, "\nSee mailtrail-server --help.\n")};
}

// Parses `arguments` (in order); an Exit when there is nothing to go on with.
std::variant<std::unique_ptr<Parser>, Exit> Parse(std::vector<std::string> arguments) {
  auto parser = std::make_unique<Parser>();
  // CLI11 takes them from the back.
  std::reverse(arguments.begin(), arguments.end());
  try {
    parser->app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return Exit{.code = 0, .text = parser->app.help()};
  } catch (const CLI::CallForVersion&) {
    return Exit{.code = 0, .text = Cat("mailtrail-server ", MAILTRAIL_VERSION, "\n")};
  } catch (const CLI::ParseError& error) {
    return Mistake(error.what());
  }
  return parser;
}

}  // namespace

Command ParseCommandLine(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  auto first = Parse(arguments);
  if (auto* exit = std::get_if<Exit>(&first)) return *std::move(exit);
  std::unique_ptr<Parser> parser = std::get<std::unique_ptr<Parser>>(std::move(first));
  if (!parser->flags.config_file.empty()) {
    auto from_file = ArgumentsOfFile(*parser);
    if (!from_file.ok()) return Mistake(FromAbsl(from_file.status().message()));
    arguments.insert(arguments.begin(), from_file->begin(), from_file->end());
    auto second = Parse(std::move(arguments));
    if (auto* exit = std::get_if<Exit>(&second)) return *std::move(exit);
    parser = std::get<std::unique_ptr<Parser>>(std::move(second));
  }
  if (parser->flags.data_dir.empty()) {
    return Mistake("--data-dir is required: the folder that holds the store");
  }
  auto config = ToConfig(parser->flags);
  if (!config.ok()) return Mistake(FromAbsl(config.status().message()));
  if (parser->check->parsed()) {
    return Check{.data_dir = config->data_dir, .key_file = config->key_file};
  }
  return Serve{.config = *std::move(config)};
}

}  // namespace mailtrail::server::config
