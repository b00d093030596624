#pragma once

// Looks after the files that may change while the server runs.

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "storage/base/logger.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::app {

// A file or a folder, and what to do when it has changed.
struct WatchedPath {
  std::string name;  // For the log: "sources".
  std::filesystem::path path;
  std::function<absl::Status()> reload;
};

// Reloads what has changed since the last look, on a thread of its own (mt-upkeep). A reload that
// fails is logged, and tried again when the path changes again: what was in force stays so.
class Reloader {
 public:
  Reloader(std::vector<WatchedPath> paths, std::chrono::milliseconds every, Logger& logger);
  // Ends the thread.
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

 private:
  void Run();
  void Look();

  const std::vector<WatchedPath> paths_;
  const std::chrono::milliseconds every_;
  Logger& logger_;
  std::vector<std::string> seen_;  // What each path looked like; of the thread.

  Mutex mu_;
  CondVar stop_asked_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace mailtrail::server::app
