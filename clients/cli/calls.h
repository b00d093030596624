#pragma once

#include <memory>
#include <string>

#include "clients/cli/output.h"
#include "grpcpp/channel.h"
#include "mailtrail/v1/coverage.pb.h"
#include "mailtrail/v1/event_service.pb.h"

namespace mailtrail::cli {

// Where to call and how to show: the flags of the program that every command shares.
struct CallFlags {
  std::string server = "127.0.0.1:8026";
  std::string output = "table";

  [[nodiscard]] Format format() const { return output == "json" ? Format::kJson : Format::kTable; }
  [[nodiscard]] std::shared_ptr<grpc::Channel> Connect() const;
};

// --view: "basic", "full" or "raw" (CLI11 has checked it).
[[nodiscard]] v1::EventView ParseView(const std::string& text);

// What --explain shows, as one line for stderr.
void ShowExplain(const v1::Explain& explain);

}  // namespace mailtrail::cli
