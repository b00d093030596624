#include "server/app/check_command.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_format.h"
#include "server/app/store_folder.h"
#include "storage/base/key_file.h"
#include "storage/base/status.h"
#include "storage/kv/rocks/open.h"
#include "storage/upkeep/check.h"
#include "storage/writer/opening.h"

namespace mailtrail::server::app {
namespace {

// Removes the scratch store, whatever happens.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  const std::filesystem::path path_;
};

absl::StatusOr<upkeep::CheckReport> Check(const config::Check& check) {
  const std::filesystem::path folder = StoreFolder(check.data_dir);
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) {
    return MakeStatus(absl::StatusCode::kNotFound, "there is no store in ", check.data_dir.string(),
                      "; check --data-dir");
  }
  MT_ASSIGN_OR_RETURN(const auto store,
                      kv::rocks::Open({.folder = folder}, NoLogger(), NoMetrics()));
  MT_ASSIGN_OR_RETURN(const writer::Opened opened, writer::OpenForReading(*store, check.key_file));
  const ScratchFolder scratch_folder(check.data_dir / ("check-" + HexEncode(RandomBytes(8))));
  MT_ASSIGN_OR_RETURN(const auto scratch,
                      kv::rocks::Open({.folder = scratch_folder.path()}, NoLogger(), NoMetrics()));
  return upkeep::Check(*store, *scratch, opened.keys);
}

}  // namespace

int RunCheck(const config::Check& check, std::ostream& out, std::ostream& err) {
  const auto report = Check(check);
  if (!report.ok()) {
    err << "mailtrail-server: " << report.status().message() << "\n";
    return 1;
  }
  for (const auto& family : report->families) {
    out << absl::StrFormat("%-12s %12d rows %s\n", std::string(family.family), family.rows,
                           family.differences == 0
                               ? std::string("agree")
                               : absl::StrFormat("%d DIFFERENCES", family.differences));
  }
  for (const auto& difference : report->differences) {
    err << difference.family << ": " << difference.place << " " << difference.what << "\n";
  }
  out << absl::StrFormat(
      "%d events, %d control records, %d events without raw JSON: %s\n", report->events,
      report->control_records, report->events_without_raw,
      report->clean() ? "the indexes agree with the log" : "the indexes DIFFER from the log");
  return report->clean() ? 0 : 1;
}

}  // namespace mailtrail::server::app
