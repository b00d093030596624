#include "tests/support/json_shape.h"

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "gtest/gtest.h"

namespace mailtrail::test {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

void ExpectValue(const pb::Message& message, const Field* field, const nlohmann::json& value) {
  const auto* type = field->message_type();
  switch (field->cpp_type()) {
    case Field::CPPTYPE_INT64:
    case Field::CPPTYPE_UINT64:
    case Field::CPPTYPE_STRING:
    case Field::CPPTYPE_ENUM:
      EXPECT_TRUE(value.is_string()) << field->full_name();
      return;
    case Field::CPPTYPE_BOOL:
      EXPECT_TRUE(value.is_boolean()) << field->full_name();
      return;
    case Field::CPPTYPE_MESSAGE:
      if (type == pb::Timestamp::descriptor() || type == pb::Duration::descriptor()) {
        EXPECT_TRUE(value.is_string()) << field->full_name();
      } else {
        ExpectShape(message.GetReflection()->GetMessage(message, field), value);
      }
      return;
    default:
      EXPECT_TRUE(value.is_number()) << field->full_name();
  }
}

void ExpectList(const pb::Message& message, const Field* field, const nlohmann::json& list) {
  const auto* reflection = message.GetReflection();
  ASSERT_TRUE(list.is_array()) << field->full_name();
  ASSERT_EQ(static_cast<int>(list.size()), reflection->FieldSize(message, field))
      << field->full_name();
  if (field->cpp_type() != Field::CPPTYPE_MESSAGE) return;
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    ExpectShape(reflection->GetRepeatedMessage(message, field, i), list[i]);
  }
}

}  // namespace

void ExpectShape(const pb::Message& message, const nlohmann::json& json) {
  const auto* descriptor = message.GetDescriptor();
  int members = 0;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const Field* field = descriptor->field(i);
    const bool wanted = !field->has_presence() || message.GetReflection()->HasField(message, field);
    ASSERT_EQ(json.contains(field->json_name()), wanted) << field->full_name() << " in " << json;
    if (!wanted) continue;
    ++members;
    if (field->is_repeated()) {
      ExpectList(message, field, json[field->json_name()]);
    } else {
      ExpectValue(message, field, json[field->json_name()]);
    }
  }
  EXPECT_EQ(static_cast<int>(json.size()), members) << json;
}

}  // namespace mailtrail::test
