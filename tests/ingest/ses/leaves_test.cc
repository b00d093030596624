// Nothing that SES says gets lost, and nothing is made up: each leaf of each fixture's JSON stands
// in the event, as often as in the JSON, and what stands in the event beyond that is named here.

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "storage/base/time.h"
#include "tests/ingest/ses/fixtures.h"
#include "tests/ingest/ses/reading.h"

namespace mailtrail::ingest::ses {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// How often a value stands somewhere, in words.
using Values = std::map<std::string, int>;

// In the event, but not in so many words in SES's JSON.
bool IsDerived(const FieldDescriptor& field) {
  return field.name() == "header_message_id" ||  // Out of the headers; mail_test.cc.
         field.name() == "named_addresses";      // Out of the headers; mail_test.cc.
}

std::string Scalar(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field.is_repeated() ? reflection.GetRepeatedString(message, &field, index)
                                 : reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "true" : "false";
    default:
      return std::to_string(reflection.GetInt64(message, &field));
  }
}

// What is set, and plain fields at their default: an absent `remoteMtaIp` and an empty one are one.
void CollectValues(const Message& message, Values& set, Values& defaults) {
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (IsDerived(field)) {
      continue;
    }
    const int count = field.is_repeated() ? reflection.FieldSize(message, &field) : 1;
    for (int index = 0; index < count; ++index) {
      if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
        const bool is_set = field.is_repeated() || reflection.HasField(message, &field);
        if (is_set || !field.has_presence()) {
          ++(is_set ? set : defaults)[Scalar(message, field, index)];
        }
      } else if (field.is_repeated()) {
        CollectValues(reflection.GetRepeatedMessage(message, &field, index), set, defaults);
      } else if (reflection.HasField(message, &field)) {
        CollectValues(reflection.GetMessage(message, &field), set, defaults);
      }
    }
  }
}

struct Leaf {
  std::string path;
  std::string value;  // As an event would hold it: a time in milliseconds.
};

// Members whose keys are data themselves.
bool IsMapOfNames(std::string_view path) {
  return path.ends_with(".tags") || path.ends_with(".linkTags");
}

// `commonHeaders.date` is the header's own text, not a time that SES gives; RFC 5322 reads as none.
std::string ValueOf(const nlohmann::json& leaf) {
  if (!leaf.is_string()) {
    return leaf.dump();
  }
  const std::string text = leaf.get<std::string>();
  const std::optional<UnixMillis> time = ParseTime(text);
  return time ? std::to_string(time->value) : text;
}

void CollectLeaves(const nlohmann::json& value, const std::string& path,
                   std::vector<Leaf>& leaves) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      if (IsMapOfNames(path)) {
        leaves.push_back({path + "." + key, key});
      }
      CollectLeaves(member, path + "." + key, leaves);
    }
  } else if (value.is_array()) {
    for (const nlohmann::json& element : value) {
      CollectLeaves(element, path + "[]", leaves);
    }
  } else {
    leaves.push_back({path, ValueOf(value)});
  }
}

// Leaves that the event leaves to `raw`, each with its reason.
bool IsRawOnly(const Leaf& leaf) {
  // SES writes null for 'none': absent in the event.
  return leaf.value == "null";
}

bool TakeOne(Values& values, const std::string& value) {
  const auto found = values.find(value);
  if (found == values.end()) {
    return false;
  }
  if (--found->second == 0) {
    values.erase(found);
  }
  return true;
}

// The message's own headers are not stored in the event: `raw` has them, and the caller gets them.
Values HeaderValues(const Decoded& decoded) {
  Values values;
  for (const storage::v1::Header& header : decoded.headers) {
    ++values[header.name()];
    ++values[header.value()];
  }
  return values;
}

TEST(Leaves, OfEachFixtureStandInItsEvent) {
  int found = 0;
  for (const test::Fixture& fixture : test::Fixtures()) {
    if (fixture.textproto.empty()) {
      continue;
    }
    const Decoded decoded = test::DecodedOf(fixture.json);
    Values set;
    Values defaults;
    CollectValues(decoded.event, set, defaults);
    Values headers = HeaderValues(decoded);
    std::vector<Leaf> leaves;
    CollectLeaves(nlohmann::json::parse(fixture.json), "", leaves);
    for (const Leaf& leaf : leaves) {
      const bool in_headers = leaf.path.starts_with(".mail.headers[]");
      EXPECT_TRUE(IsRawOnly(leaf) ||
                  (in_headers ? TakeOne(headers, leaf.value)
                              : TakeOne(set, leaf.value) || TakeOne(defaults, leaf.value)))
          << fixture.name << " loses " << leaf.path << " = " << leaf.value;
      ++found;
    }
    for (const auto& [value, count] : set) {
      ADD_FAILURE() << fixture.name << " makes up " << value << ", " << count << " times";
    }
    EXPECT_TRUE(headers.empty()) << fixture.name;
  }
  EXPECT_GT(found, 800);
}

}  // namespace
}  // namespace mailtrail::ingest::ses
