#include "server/app/reloader.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "storage/base/text.h"
#include "storage/base/thread.h"

namespace mailtrail::server::app {
namespace {

namespace fs = std::filesystem;

std::string LookOfFile(const fs::path& path) {
  std::error_code error;
  const auto time = fs::last_write_time(path, error);
  const auto bytes = fs::file_size(path, error);
  return Cat(path.filename().string(), " ", time.time_since_epoch().count(), " ",
             error ? std::uintmax_t{0} : bytes, "\n");
}

// Changes when the path's content may have: names, sizes and times of a file, or of a folder's
// files.
std::string LookOf(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return LookOfFile(path);
  std::vector<std::string> looks;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    looks.push_back(LookOfFile(entry.path()));
  }
  std::sort(looks.begin(), looks.end());
  std::string look;
  for (const std::string& line : looks) look += line;
  return look;
}

}  // namespace

Reloader::Reloader(std::vector<WatchedPath> paths, std::chrono::milliseconds every, Logger& logger)
    : paths_(std::move(paths)), every_(every), logger_(logger) {
  for (const WatchedPath& watched : paths_) seen_.push_back(LookOf(watched.path));
  thread_ = std::thread([this] { Run(); });
}

Reloader::~Reloader() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
  }
  stop_asked_.NotifyAll();
  thread_.join();
}

void Reloader::Run() {
  NameThisThread("mt-upkeep");
  while (true) {
    {
      MutexLock lock(mu_);
      // A wake before its time only means an early look.
      if (!stopping_) stop_asked_.WaitFor(mu_, every_);
      if (stopping_) return;
    }
    Look();
  }
}

void Reloader::Look() {
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const WatchedPath& watched = paths_[i];
    std::string look = LookOf(watched.path);
    if (look == seen_[i]) continue;
    seen_[i] = std::move(look);
    const absl::Status reloaded = watched.reload();
    if (reloaded.ok()) {
      logger_.Write(LogLevel::kInfo, "reloaded", {{"what", watched.name}});
    } else {
      logger_.Write(LogLevel::kError, "reload_failed",
                    {{"what", watched.name}, {"reason", std::string(reloaded.message())}});
    }
  }
}

}  // namespace mailtrail::server::app
