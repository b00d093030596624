#pragma once

#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "mailtrail/v1/filter.pb.h"
#include "storage/base/time.h"

namespace mailtrail::cli {

// The flags that say which events: fields are ANDed, a repeated flag ORs its values; --tag and
// --header of one name OR, of several names AND.
class EventFilterFlags {
 public:
  void AddTo(CLI::App& command);
  // kInvalidArgument in one sentence; nothing is sent then.
  [[nodiscard]] absl::StatusOr<v1::EventFilter> Filter(UnixMillis now) const;

 private:
  std::vector<std::string> recipients_;
  std::vector<std::string> domains_;
  std::vector<std::string> senders_;
  std::vector<std::string> tags_;
  std::vector<std::string> headers_;
  std::vector<std::string> types_;
  std::vector<std::string> forms_;
  std::vector<std::string> message_ids_;
  std::vector<std::string> header_ids_;
  std::vector<std::string> configuration_sets_;
  std::vector<std::string> sources_;
  std::vector<std::string> accounts_;
  std::vector<std::string> regions_;
  std::vector<std::string> tenants_;
  std::optional<std::string> since_;
  std::optional<std::string> until_;
};

}  // namespace mailtrail::cli
