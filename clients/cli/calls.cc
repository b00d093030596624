#include "clients/cli/calls.h"

#include <cstdio>

#include "clients/cpp/channel.h"
#include "storage/base/text.h"

namespace mailtrail::cli {

std::shared_ptr<grpc::Channel> CallFlags::Connect() const { return client::Connect(server); }

v1::EventView ParseView(const std::string& text) {
  if (text == "raw") return v1::EVENT_VIEW_RAW;
  if (text == "full") return v1::EVENT_VIEW_FULL;
  return v1::EVENT_VIEW_BASIC;
}

void ShowExplain(const v1::Explain& explain) {
  std::fputs(Cat("explain: led by ", explain.leading_term(), ", ", explain.entries_read(),
                 " entries and ", explain.records_read(), " events read\n")
                 .c_str(),
             stderr);
}

}  // namespace mailtrail::cli
