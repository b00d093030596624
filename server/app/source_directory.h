#pragma once

#include <vector>

#include "ingest/intake/source_book.h"
#include "server/api/ports.h"

namespace mailtrail::server::app {

// The doors' sources as the API wants them. Thread-safe.
class SourceDirectory final : public api::SourceDirectory {
 public:
  explicit SourceDirectory(const ingest::SourceBook& book) : book_(book) {}
  [[nodiscard]] std::vector<api::SourceInfo> List() const override;
  [[nodiscard]] std::vector<api::RefusalCount> UnattributedRefusals() const override;

 private:
  const ingest::SourceBook& book_;
};

}  // namespace mailtrail::server::app
