#include "ingest/ses/canonical.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/ses/decoder.h"
#include "ingest/ses/json.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "tests/ingest/ses/fixtures.h"

namespace mailtrail::ingest::ses {
namespace {

using nlohmann::json;

std::string Canonical(std::string_view text) {
  const absl::StatusOr<simdjson::dom::object> object = ParseObject(text);
  if (!object.ok()) {
    return std::string(object.status().message());
  }
  const absl::StatusOr<std::string> bytes = CanonicalBytes(*object);
  return bytes.ok() ? *bytes : std::string(bytes.status().message());
}

TEST(Canonical, HasFrozenBytes) {
  struct Row {
    std::string_view text;
    std::string_view canonical;
  };
  for (const Row& row : std::initializer_list<Row>{
           {R"({})", R"({})"},
           {R"( { "mail" : { "a" : 1 } , "send" : { } , "eventType" : "Send" } )"
            "\n",
            R"({"eventType":"Send","send":{}})"},
           {R"({"b":1,"a":[3,1,2],"c":{"mail":2,"B":null,"A":true}})",
            R"({"a":[3,1,2],"b":1,"c":{"A":true,"B":null,"mail":2}})"},
           {R"({"b":{"recipients":["b","a","B"]}})", R"({"b":{"recipients":["B","a","b"]}})"},
           {R"({"bouncedRecipients":[{"z":1,"e":"b"},{"e":"a"}]})",
            R"({"bouncedRecipients":[{"e":"a"},{"e":"b","z":1}]})"},
           {R"({"complainedRecipients":[2,1],"delayedRecipients":[2,1],)"
            R"("x":{"recipients":{"b":1,"a":2}}})",
            R"({"complainedRecipients":[1,2],"delayedRecipients":[1,2],)"
            R"("x":{"recipients":{"a":2,"b":1}}})"},
           // Only the list itself is unordered, not the lists inside its elements.
           {R"({"recipients":[[2,1],[1,2]]})", R"({"recipients":[[1,2],[2,1]]})"},
           {R"({"a":"\u0041\/\u00e4\ud83d\ude00"})", "{\"a\":\"A/\u00e4\U0001F600\"}"},
           {R"({"a":"\"\\\b\f\n\r\t\u0000\u001B\u007f"})",
            "{\"a\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001b\x7f\"}"},
           {R"({"a":[0,-0,-1,9223372036854775807,18446744073709551615]})",
            R"({"a":[0,0,-1,9223372036854775807,18446744073709551615]})"},
           {R"({"a":[1.0,0.1,1e2,1E+30,-2.50,5e-324]})", R"({"a":[1,0.1,100,1e+30,-2.5,5e-324]})"},
           {R"({"a":[false,[],{}],"\u0062":""})", R"({"a":[false,[],{}],"b":""})"},
           // Keys by their bytes: U+FF5E before U+1F600, which UTF-16 has the other way round.
           {"{\"\U0001F600\":1,\"\uFF5E\":2}", "{\"\uFF5E\":2,\"\U0001F600\":1}"},
           {R"({"a":"\ud83d"})", "{\"a\":\"\uFFFD\"}"},
       }) {
    EXPECT_EQ(Canonical(row.text), row.canonical) << row.text;
  }
}

TEST(Canonical, RefusesKeysThatAreTwiceInOneObject) {
  for (const std::string_view text :
       {R"({"a":1,"a":1})", R"({"a":1,"\u0061":2})", R"({"x":[{"y":{"a":1,"b":2,"a":3}}]})",
        R"({"mail":{},"mail":{}})"}) {
    EXPECT_EQ(Canonical(text), reason::kDuplicateKey) << text;
  }
  EXPECT_EQ(Canonical(R"({"a":{"b":1},"c":{"b":1}})"), R"({"a":{"b":1},"c":{"b":1}})");
}

// Text of the same JSON values with other white space and another order of keys and recipients.
std::string Disguised(const json& value, bool unordered, std::mt19937& random) {
  const auto space = [&random] { return std::string(random() % 3, " \t\n"[random() % 3]); };
  if (!value.is_structured()) {
    // Escapes what need not be.
    return space() + value.dump(-1, ' ', random() % 2 == 0) + space();
  }
  std::vector<std::string> parts;
  for (const auto& [key, member] : value.items()) {
    const bool list = key == "bouncedRecipients" || key == "complainedRecipients" ||
                      key == "delayedRecipients" || key == "recipients";
    const std::string text = Disguised(member, list, random);
    parts.push_back(value.is_object() ? space() + json(key).dump() + space() + ":" + text : text);
  }
  if (value.is_object() || unordered) {
    std::shuffle(parts.begin(), parts.end(), random);
  }
  std::string out(1, value.is_object() ? '{' : '[');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += (i == 0 ? "" : ",") + parts[i];
  }
  return out + space() + (value.is_object() ? '}' : ']');
}

TEST(CanonicalProperty, WhiteSpaceAndTheOrderOfKeysAndRecipientsChangeNothing) {
  std::mt19937 random(1);  // NOLINT(bugprone-random-generator-seed): the same texts in every run.
  for (const test::Fixture& fixture : test::Fixtures()) {
    const std::string expected = Canonical(fixture.json);
    for (int round = 0; round < 20; ++round) {
      const std::string text = Disguised(json::parse(fixture.json), false, random);
      ASSERT_EQ(Canonical(text), expected) << fixture.name << "\n" << text;
    }
  }
}

void CollectPointers(const json& value, const json::json_pointer& at,
                     std::vector<json::json_pointer>& pointers) {
  pointers.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      CollectPointers(member, at / key, pointers);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      CollectPointers(value[i], at / i, pointers);
    }
  }
}

// What a value may become: another of its kind, null, and a list with one more element.
std::vector<json> Mutations(const json& value) {
  std::vector<json> mutations = {nullptr};
  if (value.is_string()) {
    mutations.emplace_back(value.get<std::string>() + " ");
    mutations.emplace_back(value.get<std::string>() + std::string(1, '\0'));
    mutations.emplace_back(json::array({value}));
  } else if (value.is_boolean()) {
    mutations.emplace_back(!value.get<bool>());
    mutations.emplace_back(value.dump());
  } else if (value.is_number()) {
    mutations.emplace_back(value.get<std::int64_t>() + 1);
    mutations.emplace_back(value.dump());
  } else if (value.is_array()) {
    mutations.push_back(value);
    mutations.back().push_back(value.empty() ? json("x") : value.front());
  } else if (value.is_object()) {
    mutations.push_back(value);
    mutations.back()["aNewField"] = 1;
  }
  std::erase(mutations, value);
  return mutations;
}

// The document with one value changed, in each way.
std::vector<json> Changed(const json& document, const json::json_pointer& pointer) {
  std::vector<json> documents;
  for (const json& mutation : Mutations(document.at(pointer))) {
    documents.push_back(document);
    documents.back()[pointer] = mutation;
  }
  if (document.at(pointer.parent_pointer()).is_object()) {
    documents.push_back(document);
    documents.back()[pointer.parent_pointer()].erase(pointer.back());
  }
  return documents;
}

TEST(CanonicalProperty, EveryOtherChangeOutsideMailChangesTheBytes) {
  int changes = 0;
  for (const test::Fixture& fixture : test::Fixtures()) {
    const json document = json::parse(fixture.json);
    const std::string original = Canonical(fixture.json);
    std::vector<json::json_pointer> pointers;
    for (const auto& [key, member] : document.items()) {
      if (key != "mail") {
        CollectPointers(member, json::json_pointer() / key, pointers);
      }
    }
    for (const json::json_pointer& pointer : pointers) {
      for (const json& changed : Changed(document, pointer)) {
        EXPECT_NE(Canonical(changed.dump()), original) << fixture.name << " " << changed;
        ++changes;
      }
    }
  }
  EXPECT_GT(changes, 1'000);
}

TEST(CanonicalProperty, NoChangeInsideMailChangesTheBytes) {
  for (const test::Fixture& fixture : test::Fixtures()) {
    json document = json::parse(fixture.json);
    document["mail"] = {{"messageId", "another"}};
    EXPECT_EQ(Canonical(document.dump()), Canonical(fixture.json)) << fixture.name;
  }
}

}  // namespace
}  // namespace mailtrail::ingest::ses
