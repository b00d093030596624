#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "ingest/sns/certificate.h"

namespace mailtrail::ingest::sns {

// Certificates by the name of their file, which is the last part of their URL. One that may not be
// used (kCertificateKey, kCertificateOfAuthority) stands there as its refusal.
using SeededCertificates =
    absl::flat_hash_map<std::string, OrRefused<std::shared_ptr<const Certificate>>>;

// Reads the PEM files of a directory (--signing-cert-dir). They are taken as given: name, dates and
// key are checked at each push, the issuer is not. Files that do not end in .pem are ignored (a
// mounted secret has such). Errors in one sentence: kNotFound for no directory, kInvalidArgument
// for a .pem file that is not named as in a SigningCertURL or is no certificate, kUnavailable for
// one that cannot be read.
[[nodiscard]] absl::StatusOr<SeededCertificates> ReadCertificateDirectory(
    const std::filesystem::path& directory);

}  // namespace mailtrail::ingest::sns
