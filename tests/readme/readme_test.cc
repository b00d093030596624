// The README's calls against the API that is built: each names a method, and its JSON is a request.

#include <fstream>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "mailtrail/admin/v1/source_service.pb.h"
#include "mailtrail/v1/event_service.pb.h"
#include "mailtrail/v1/message_service.pb.h"

namespace mailtrail {
namespace {

namespace pb = google::protobuf;

struct Call {
  std::string line;
  std::string json;
  std::string service;
  std::string method;
};

// grpcurl -plaintext [-d '{...}'] HOST:PORT mailtrail.v1.EventService/ListEvents
std::vector<Call> CallsOfReadme() {
  static const std::regex kCall(
      R"re(^ +grpcurl -plaintext (?:-d '([^']*)' )?[0-9.:]+ (mailtrail\.[\w.]+)/(\w+)$)re");
  std::ifstream in(MAILTRAIL_SOURCE_DIR "/README.md");
  std::vector<Call> calls;
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_match(line, match, kCall)) {
      calls.push_back({.line = line, .json = match[1], .service = match[2], .method = match[3]});
    }
  }
  return calls;
}

// What is wrong with the call; "" when nothing is.
std::string Wrong(const Call& call) {
  // Links the files in, so that the pool knows them.
  (void)v1::ListEventsRequest::descriptor();
  (void)v1::GetMessageRequest::descriptor();
  (void)admin::v1::ListSourcesRequest::descriptor();
  const auto* pool = pb::DescriptorPool::generated_pool();
  const auto* service = pool->FindServiceByName(call.service);
  if (service == nullptr) return "no service " + call.service;
  const auto* method = service->FindMethodByName(call.method);
  if (method == nullptr) return "no method " + call.method;
  pb::DynamicMessageFactory factory;
  const std::unique_ptr<pb::Message> request(factory.GetPrototype(method->input_type())->New());
  const auto parsed =
      pb::util::JsonStringToMessage(call.json.empty() ? "{}" : call.json, request.get());
  return parsed.ok() ? "" : parsed.ToString();
}

TEST(Readme, EveryCallIsOneOfTheApis) {
  const auto calls = CallsOfReadme();
  EXPECT_GE(calls.size(), 4U) << "the README's calls look different from what this test reads";
  for (const Call& call : calls) EXPECT_EQ(Wrong(call), "") << call.line;
}

TEST(Readme, AWrongCallWouldBeSeen) {
  const Call good{.line = "",
                  .json = R"({"page_size": 5})",
                  .service = "mailtrail.v1.EventService",
                  .method = "ListEvents"};
  EXPECT_EQ(Wrong(good), "");
  Call unknown_field = good;
  unknown_field.json = R"({"page_sizes": 5})";
  EXPECT_THAT(Wrong(unknown_field), ::testing::HasSubstr("page_sizes"));
  Call unknown_method = good;
  unknown_method.method = "ListEvent";
  EXPECT_EQ(Wrong(unknown_method), "no method ListEvent");
}

}  // namespace
}  // namespace mailtrail
