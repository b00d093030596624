// What every message of the public API looks like as JSON, filled and empty, as clients in Go,
// TypeScript and Python meet it: names, zero values, enums, times, 64-bit integers as strings,
// bytes. Each file under tests/golden/api/messages is one message type.

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "gtest/gtest.h"
#include "mailtrail/admin/v1/source_service.pb.h"
#include "mailtrail/v1/consumer_service.pb.h"
#include "mailtrail/v1/coverage.pb.h"
#include "mailtrail/v1/error.pb.h"
#include "mailtrail/v1/event_service.pb.h"
#include "mailtrail/v1/message_service.pb.h"
#include "tests/server/api/filled_message.h"
#include "tests/support/golden.h"

namespace mailtrail::test {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

std::vector<const FileDescriptor*> ApiFiles() {
  return {v1::Event::descriptor()->file(),
          v1::EventFilter::descriptor()->file(),
          v1::Coverage::descriptor()->file(),
          v1::MailMessage::descriptor()->file(),
          v1::ErrorReason_descriptor()->file(),
          v1::GetEventRequest::descriptor()->file(),
          v1::GetMessageRequest::descriptor()->file(),
          v1::Consumer::descriptor()->file(),
          admin::v1::Source::descriptor()->file()};
}

void AddTypes(const Descriptor& type, std::vector<const Descriptor*>& types) {
  types.push_back(&type);
  for (int i = 0; i < type.nested_type_count(); ++i) AddTypes(*type.nested_type(i), types);
}

std::vector<const Descriptor*> ApiTypes() {
  std::vector<const Descriptor*> types;
  for (const FileDescriptor* file : ApiFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) AddTypes(*file->message_type(i), types);
  }
  return types;
}

std::string FileOf(const Descriptor& type) { return "api/messages/" + type.full_name() + ".json"; }

TEST(JsonGolden, EveryMessageLooksAsReviewed) {
  for (const Descriptor* type : ApiTypes()) {
    const Message* prototype = MessageFactory::generated_factory()->GetPrototype(type);
    const std::unique_ptr<Message> filled(prototype->New());
    FillWithExamples(*filled);
    ExpectGolden(FileOf(*type), "{\n\"filled\": " + ToJson(*filled) +
                                    ",\n\"empty\": " + ToJson(*prototype) + "}\n");
  }
}

TEST(JsonGolden, HoldsNoMessageThatIsGone) {
  std::set<std::string> expected;
  for (const Descriptor* type : ApiTypes()) expected.insert(type->full_name() + ".json");
  std::set<std::string> found;
  const std::filesystem::path folder =
      std::filesystem::path(MAILTRAIL_SOURCE_DIR) / "tests/golden/api/messages";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    found.insert(entry.path().filename());
  }
  EXPECT_EQ(found, expected);
}

TEST(JsonGolden, OnlyCountsHave64Bits) {
  for (const Descriptor* type : ApiTypes()) {
    for (int i = 0; i < type->field_count(); ++i) {
      const google::protobuf::FieldDescriptor& field = *type->field(i);
      if (field.cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_INT64) continue;
      static const std::set<std::string> kCounts = {
          "opens",        "opens_without_bots", "clicks", "clicks_without_bots",
          "entries_read", "records_read",       "count"};
      EXPECT_TRUE(kCounts.contains(field.name()) || field.name().ends_with("_count"))
          << field.full_name();
    }
    EXPECT_FALSE(type->options().map_entry()) << type->full_name();
  }
}

}  // namespace
}  // namespace mailtrail::test
