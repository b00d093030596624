#pragma once

// certificates: signing certificates that were fetched and found good, so that a restart goes on
// while SNS's certificate host is down.
//
//   key   := the URL
//   value := protobuf mailtrail.storage.v1.Certificate

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/local.pb.h"
#include "storage/kv/store.h"

namespace mailtrail::local {

struct CertificateRow {
  std::string url;
  storage::v1::Certificate certificate;
};

[[nodiscard]] absl::StatusOr<std::vector<CertificateRow>> ListCertificates(
    const kv::Snapshot& snapshot);
void PutCertificate(const CertificateRow& row, kv::Batch& batch);
void DeleteCertificate(std::string_view url, kv::Batch& batch);

}  // namespace mailtrail::local
