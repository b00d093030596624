#include "ingest/ses/canonical.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/ses/decoder.h"
#include "storage/base/status.h"

namespace mailtrail::ingest::ses {
namespace {

using simdjson::dom::element;
using Member = std::pair<std::string_view, element>;

constexpr std::array<std::string_view, 4> kUnorderedLists = {
    "bouncedRecipients", "complainedRecipients", "delayedRecipients", "recipients"};

constexpr std::string_view kMail = "mail";

// Long enough for any integer and any shortest double.
constexpr std::size_t kNumberLength = 32;

bool IsUnorderedList(std::string_view key) {
  return std::find(kUnorderedLists.begin(), kUnorderedLists.end(), key) != kUnorderedLists.end();
}

absl::StatusOr<std::vector<Member>> SortedMembers(const simdjson::dom::object& object) {
  std::vector<Member> members;
  members.reserve(object.size());
  for (const simdjson::dom::key_value_pair member : object) {
    members.emplace_back(member.key, member.value);
  }
  const auto key_less = [](const Member& a, const Member& b) { return a.first < b.first; };
  const auto key_equal = [](const Member& a, const Member& b) { return a.first == b.first; };
  std::sort(members.begin(), members.end(), key_less);
  if (std::adjacent_find(members.begin(), members.end(), key_equal) != members.end()) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kDuplicateKey);
  }
  return members;
}

void AppendEscaped(char c, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  if (const std::size_t named = kNamed.find(c); named != std::string_view::npos) {
    out.push_back('\\');
    out.push_back(kNames[named]);
  } else if (static_cast<unsigned char>(c) < 0x20) {
    out.append("\\u00");
    out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
    out.push_back(kHex[static_cast<unsigned char>(c) & 0xF]);
  } else {
    out.push_back(c);
  }
}

void AppendString(std::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    AppendEscaped(c, out);
  }
  out.push_back('"');
}

template <typename Number>
void AppendNumber(Number number, std::string& out) {
  std::array<char, kNumberLength> text;
  const std::to_chars_result result = std::to_chars(text.data(), text.data() + text.size(), number);
  out.append(text.data(), result.ptr);
}

// Recursion is bounded by the parser's kMaxDepth.
absl::Status AppendValue(const element& value, bool unordered, std::string& out);

absl::Status AppendArray(const simdjson::dom::array& array, bool unordered, std::string& out) {
  std::vector<std::string> elements;
  for (const element value : array) {
    MT_RETURN_IF_ERROR(AppendValue(value, false, elements.emplace_back()));
  }
  if (unordered) {
    std::sort(elements.begin(), elements.end());
  }
  out.push_back('[');
  for (std::size_t i = 0; i < elements.size(); ++i) {
    out.append(i == 0 ? "" : ",").append(elements[i]);
  }
  out.push_back(']');
  return absl::OkStatus();
}

absl::Status AppendObject(const simdjson::dom::object& object, std::string_view left_out,
                          std::string& out) {
  MT_ASSIGN_OR_RETURN(const std::vector<Member> members, SortedMembers(object));
  std::string_view comma;
  out.push_back('{');
  for (const auto& [key, value] : members) {
    if (!left_out.empty() && key == left_out) {
      continue;
    }
    out.append(std::exchange(comma, ","));
    AppendString(key, out);
    out.push_back(':');
    MT_RETURN_IF_ERROR(AppendValue(value, IsUnorderedList(key), out));
  }
  out.push_back('}');
  return absl::OkStatus();
}

// value_unsafe() follows the type that was just asked for.
absl::Status AppendValue(const element& value, bool unordered, std::string& out) {
  switch (value.type()) {
    case simdjson::dom::element_type::ARRAY:
      return AppendArray(value.get_array().value_unsafe(), unordered, out);
    case simdjson::dom::element_type::OBJECT:
      return AppendObject(value.get_object().value_unsafe(), {}, out);
    case simdjson::dom::element_type::STRING:
      AppendString(value.get_string().value_unsafe(), out);
      break;
    case simdjson::dom::element_type::INT64:
      AppendNumber(value.get_int64().value_unsafe(), out);
      break;
    case simdjson::dom::element_type::UINT64:
      AppendNumber(value.get_uint64().value_unsafe(), out);
      break;
    case simdjson::dom::element_type::DOUBLE:
      AppendNumber(value.get_double().value_unsafe(), out);
      break;
    case simdjson::dom::element_type::BOOL:
      out.append(value.get_bool().value_unsafe() ? "true" : "false");
      break;
    case simdjson::dom::element_type::NULL_VALUE:
      out.append("null");
      break;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> CanonicalBytes(const simdjson::dom::object& document) {
  std::string out;
  MT_RETURN_IF_ERROR(AppendObject(document, kMail, out));
  return out;
}

absl::Status CheckUniqueKeys(const simdjson::dom::object& object) {
  return SortedMembers(object).status();
}

}  // namespace mailtrail::ingest::ses
