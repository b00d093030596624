#include "storage/kv/rocks/folder.h"

#include <algorithm>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "storage/base/status.h"
#include "storage/kv/family.h"
#include "storage/kv/rocks/status.h"

namespace mailtrail::kv::rocks {
namespace {

namespace fs = std::filesystem;

absl::Status SystemError(const std::error_code& error, std::string_view doing,
                         const fs::path& path) {
  const auto code = error == std::errc::permission_denied    ? absl::StatusCode::kPermissionDenied
                    : error == std::errc::no_space_on_device ? absl::StatusCode::kResourceExhausted
                                                             : absl::StatusCode::kUnavailable;
  return MakeStatus(code, "cannot ", doing, " ", path.string(), ": ", error.message());
}

// A new folder's name is on disk only after its parent was synced; RocksDB syncs what is inside.
absl::Status MakeFolder(const fs::path& folder, rocksdb::Env& env) {
  std::error_code error;
  if (!fs::create_directories(folder, error)) {
    return error ? SystemError(error, "make the folder", folder) : absl::OkStatus();
  }
  const fs::path parent = fs::absolute(folder).parent_path();
  std::unique_ptr<rocksdb::Directory> directory;
  rocksdb::Status status = env.NewDirectory(parent.string(), &directory);
  if (status.ok()) status = directory->Fsync();
  return FromRocks(status, Cat("syncing ", parent.string()));
}

// True when files with rows lie in the folder.
absl::StatusOr<bool> HasRows(const fs::path& folder) {
  std::error_code error;
  bool found = false;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    const fs::path extension = entry->path().extension();
    found = found || extension == ".sst" || extension == ".log";
  }
  if (error) return SystemError(error, "list", folder);
  return found;
}

absl::Status CheckFamilies(const fs::path& folder, const rocksdb::DBOptions& options) {
  std::vector<std::string> names;
  MT_RETURN_IF_ERROR(FromRocks(rocksdb::DB::ListColumnFamilies(options, folder.string(), &names),
                               Cat("reading the families of the store in ", folder.string())));
  for (const std::string& name : names) {
    if (std::ranges::find(kFamilies, name, &Family::name) == kFamilies.end()) {
      return MakeStatus(absl::StatusCode::kFailedPrecondition, "the store in ", folder.string(),
                        " has a family '", name, "' that mailtrail ", MAILTRAIL_VERSION,
                        " does not know: a newer version wrote it, run that one");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PrepareFolder(const fs::path& folder, const rocksdb::DBOptions& options) {
  MT_RETURN_IF_ERROR(MakeFolder(folder, *options.env));
  std::error_code error;
  const bool has_store = fs::exists(folder / "CURRENT", error);
  if (error) return SystemError(error, "look into", folder);
  if (has_store) return CheckFamilies(folder, options);
  // RocksDB would make an empty store here and then delete the files that it does not know.
  MT_ASSIGN_OR_RETURN(const bool has_rows, HasRows(folder));
  if (has_rows) {
    return MakeStatus(absl::StatusCode::kDataLoss, "the store in ", folder.string(),
                      " has lost its file CURRENT: restore the folder from a backup");
  }
  return absl::OkStatus();
}

absl::Status OpenError(const rocksdb::Status& status, const fs::path& folder) {
  const std::string text = status.ToString();
  // RocksDB has no code of its own for it: one text from the system, one for a second opening
  // within the process.
  const bool is_locked = text.find("While lock file") != std::string::npos ||
                         text.find("lock hold by current process") != std::string::npos;
  if (is_locked) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, "the store in ", folder.string(),
                      " is open in another process: stop that one, or use another folder");
  }
  return FromRocks(status, Cat("opening the store in ", folder.string()));
}

}  // namespace mailtrail::kv::rocks
