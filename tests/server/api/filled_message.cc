#include "tests/server/api/filled_message.h"

#include <string>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace mailtrail::test {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::int64_t kNotInJavaScript = 9'007'199'254'740'993;

void FillValue(Message& message, const FieldDescriptor& field);

// Consumers hold messages of themselves nowhere, but trails hold events and events end.
void FillMessage(Message& message) {
  if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(&message)) {
    time->set_seconds(1'795'168'800);
    time->set_nanos(123'000'000);
  } else if (auto* duration = dynamic_cast<google::protobuf::Duration*>(&message)) {
    duration->set_seconds(30);
    duration->set_nanos(500'000'000);
  } else {
    FillWithExamples(message);
  }
}

// Fills one value of the field: the field itself, or one more element.
void FillValue(Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = field.name() + (list ? " 1" : "");
      list ? reflection.AddString(&message, &field, text)
           : reflection.SetString(&message, &field, text);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT32:
      list ? reflection.AddInt32(&message, &field, 7) : reflection.SetInt32(&message, &field, 7);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection.SetInt64(&message, &field, kNotInJavaScript);
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(&message, &field, true);
      break;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int last = field.enum_type()->value(field.enum_type()->value_count() - 1)->number();
      list ? reflection.AddEnumValue(&message, &field, last)
           : reflection.SetEnumValue(&message, &field, last);
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      FillMessage(list ? *reflection.AddMessage(&message, &field)
                       : *reflection.MutableMessage(&message, &field));
      break;
    default:
      ADD_FAILURE() << field.full_name() << " is of a type that the API does not use";
  }
}

}  // namespace

void FillWithExamples(Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) FillValue(message, *type.field(i));
}

std::string ToJson(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
  return json;
}

}  // namespace mailtrail::test
