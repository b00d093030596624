#include "ingest/sns/certificate_directory.h"

#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "ingest/sns/signing_cert_url.h"
#include "storage/base/status.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

absl::StatusOr<OrRefused<std::shared_ptr<const Certificate>>> ReadCertificate(
    const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!(text << file.rdbuf())) {
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot read signing certificate ",
                      path.string());
  }
  auto parsed = Certificate::Parse(text.str());
  const auto* const refused = std::get_if<Refused>(&parsed);
  if (refused != nullptr && refused->reason == Refusal::kCertificateMalformed) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, path.string(),
                      " is no signing certificate: ", refused->detail);
  }
  return parsed;
}

}  // namespace

absl::StatusOr<SeededCertificates> ReadCertificateDirectory(
    const std::filesystem::path& directory) {
  std::error_code error;
  SeededCertificates certificates;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.ends_with(".pem")) continue;
    if (!IsSigningCertFile(name)) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, entry->path().string(),
                        " must be named as in its SigningCertURL: "
                        "SimpleNotificationService-<32 hex digits>.pem");
    }
    MT_ASSIGN_OR_RETURN(certificates[name], ReadCertificate(entry->path()));
  }
  if (error) {
    return MakeStatus(absl::StatusCode::kNotFound, "cannot list the signing certificates of ",
                      directory.string(), ": ", error.message());
  }
  return certificates;
}

}  // namespace mailtrail::ingest::sns
