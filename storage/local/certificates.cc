#include "storage/local/certificates.h"

#include "storage/local/row_codec.h"

namespace mailtrail::local {

absl::StatusOr<std::vector<CertificateRow>> ListCertificates(const kv::Snapshot& snapshot) {
  std::vector<CertificateRow> rows;
  const auto walk = snapshot.NewWalk(kv::FamilyId::kCertificates, {}, kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    CertificateRow& row = rows.emplace_back();
    row.url = walk->key();
    MT_ASSIGN_OR_RETURN(row.certificate, ParseValue<storage::v1::Certificate>(
                                             kv::FamilyId::kCertificates, walk->value()));
  }
  MT_RETURN_IF_ERROR(walk->status());
  return rows;
}

void PutCertificate(const CertificateRow& row, kv::Batch& batch) {
  batch.Put(kv::FamilyId::kCertificates, row.url, row.certificate.SerializeAsString());
}

void DeleteCertificate(std::string_view url, kv::Batch& batch) {
  batch.Delete(kv::FamilyId::kCertificates, url);
}

}  // namespace mailtrail::local
