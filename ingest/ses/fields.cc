#include "ingest/ses/fields.h"

#include <algorithm>
#include <map>

#include "storage/base/text.h"

namespace mailtrail::ingest::ses {
namespace {

using simdjson::dom::element;

std::optional<std::string_view> TextOf(const element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::optional(text) : std::nullopt;
}

void AppendTexts(const element& value, Texts& texts) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) {
    if (const std::optional<std::string_view> text = TextOf(value)) {
      texts.Add(std::string(*text));
    }
    return;
  }
  for (const element item : list) {
    if (const std::optional<std::string_view> text = TextOf(item)) {
      texts.Add(std::string(*text));
    }
  }
}

}  // namespace

std::optional<element> MemberAt(const Object& object, std::string_view key) {
  element member;
  if (object.at_key(key).get(member) != simdjson::SUCCESS || member.is_null()) {
    return std::nullopt;
  }
  return member;
}

std::optional<Object> ObjectAt(const Object& object, std::string_view key) {
  Object found;
  const std::optional<element> member = MemberAt(object, key);
  if (!member || member->get(found) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return found;
}

std::vector<Object> ObjectsAt(const Object& object, std::string_view key) {
  std::vector<Object> objects;
  const std::optional<element> member = MemberAt(object, key);
  if (!member) {
    return objects;
  }
  const auto take = [&objects](const element& value) {
    if (Object found; value.get(found) == simdjson::SUCCESS) {
      objects.push_back(found);
    }
  };
  simdjson::dom::array list;
  if (member->get(list) != simdjson::SUCCESS) {
    take(*member);
    return objects;
  }
  for (const element item : list) {
    take(item);
  }
  return objects;
}

std::optional<std::string> TextAt(const Object& object, std::string_view key) {
  const std::optional<element> member = MemberAt(object, key);
  const std::optional<std::string_view> text = member ? TextOf(*member) : std::nullopt;
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::string TextOrEmpty(const Object& object, std::string_view key) {
  return TextAt(object, key).value_or("");
}

Texts TextsAt(const Object& object, std::string_view key) {
  Texts texts;
  if (const std::optional<element> member = MemberAt(object, key)) {
    AppendTexts(*member, texts);
  }
  return texts;
}

std::optional<bool> BoolAt(const Object& object, std::string_view key) {
  const std::optional<element> member = MemberAt(object, key);
  bool value = false;
  if (member && member->get(value) == simdjson::SUCCESS) {
    return value;
  }
  const std::string word = AsciiLower(TextOrEmpty(object, key));
  if (word == "true" || word == "false") {
    return word == "true";
  }
  return std::nullopt;
}

std::optional<std::int64_t> IntegerAt(const Object& object, std::string_view key) {
  const std::optional<element> member = MemberAt(object, key);
  std::int64_t value = 0;
  if (!member || !member->is_int64() || member->get(value) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return value;
}

std::optional<UnixMillis> TimeAt(const Object& object, std::string_view key) {
  const std::optional<std::string> text = TextAt(object, key);
  return text ? ParseTime(*text) : std::nullopt;
}

Tags TagsAt(const Object& object, std::string_view key) {
  Tags tags;
  const std::optional<Object> map = ObjectAt(object, key);
  if (!map) {
    return tags;
  }
  std::map<std::string_view, Texts> sorted;
  for (const simdjson::dom::key_value_pair member : *map) {
    AppendTexts(member.value, sorted[member.key]);
  }
  for (auto& [name, values] : sorted) {
    storage::v1::Tag* const tag = tags.Add();
    tag->set_name(std::string(name));
    tag->mutable_values()->Swap(&values);
  }
  return tags;
}

}  // namespace mailtrail::ingest::ses
