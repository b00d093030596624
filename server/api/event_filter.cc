#include "server/api/event_filter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "absl/strings/ascii.h"
#include "server/api/error.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "storage/base/status.h"
#include "storage/base/text.h"
#include "storage/feed/reader.h"
#include "storage/mail/message_id.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::server::api {
namespace {

using Texts = google::protobuf::RepeatedPtrField<std::string>;
// Nullopt: the text cannot be such a value.
using Normal = std::optional<std::string> (*)(const std::string& text);

constexpr std::size_t kAccountDigits = 12;

std::optional<std::string> NotEmpty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}
std::optional<std::string> AsIs(const std::string& text) { return NotEmpty(text); }
std::optional<std::string> MessageId(const std::string& text) { return mail::ParseMessageId(text); }
std::optional<std::string> Address(const std::string& text) {
  return NotEmpty(mail::NormalAddress(text));
}
std::optional<std::string> Domain(const std::string& text) {
  return NotEmpty(mail::NormalDomain(text));
}
std::optional<std::string> HeaderMessageId(const std::string& text) {
  return NotEmpty(mail::NormalHeaderMessageId(text));
}
std::optional<std::string> Account(const std::string& text) {
  const bool digits = std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
  if (!digits || text.size() != kAccountDigits) return std::nullopt;
  return text;
}

// How the values of one field are checked.
struct TextRule {
  std::string_view field;
  const Texts& (v1::MailFilter::*values)() const;
  Normal normal;
  std::string_view what;  // Of a value that has no normal form.
};

// A field whose values stand in the query's filter as they are.
struct TextField {
  TextRule rule;
  std::vector<std::string> query::EventFilter::* target;
};

constexpr std::string_view kNoMessageId =
    "an SES message id has 1 to 128 characters of A-Z, a-z, 0-9, '.', '_' and '-'";
constexpr std::string_view kEmpty = "a value must not be empty";

const std::array<TextField, 7>& TextFields() {
  using v1::MailFilter;
  static const std::array<TextField, 7> kFields = {{
      {{"filter.mail.message_ids", &MailFilter::message_ids, MessageId, kNoMessageId},
       &query::EventFilter::message_ids},
      {{"filter.mail.recipients", &MailFilter::recipients, Address, kEmpty},
       &query::EventFilter::recipients},
      {{"filter.mail.recipient_domains", &MailFilter::recipient_domains, Domain, kEmpty},
       &query::EventFilter::recipient_domains},
      {{"filter.mail.senders", &MailFilter::senders, Address, kEmpty},
       &query::EventFilter::senders},
      {{"filter.mail.tenants", &MailFilter::tenants, AsIs, kEmpty}, &query::EventFilter::tenants},
      {{"filter.mail.header_message_ids", &MailFilter::header_message_ids, HeaderMessageId, kEmpty},
       &query::EventFilter::header_message_ids},
      {{"filter.mail.configuration_sets", &MailFilter::configuration_sets, AsIs, kEmpty},
       &query::EventFilter::configuration_sets},
  }};
  return kFields;
}

const TextRule kSourcesRule = {"filter.mail.sources", &v1::MailFilter::sources, AsIs, kEmpty};
const TextRule kAccountsRule = {"filter.mail.account_ids", &v1::MailFilter::account_ids, Account,
                                "an AWS account has 12 digits"};
const TextRule kRegionsRule = {"filter.mail.regions", &v1::MailFilter::regions, AsIs, kEmpty};

absl::Status CheckCount(std::string_view field, int count) {
  if (count <= static_cast<int>(kFilterFieldValuesMax)) return absl::OkStatus();
  return FieldError(v1::ERROR_REASON_TOO_MANY_VALUES, field,
                    Cat("at most ", kFilterFieldValuesMax, " values, got ", count));
}

absl::Status CheckLength(std::string_view field, std::string_view value) {
  if (value.size() <= kFilterValueBytesMax) return absl::OkStatus();
  return FieldError(
      v1::ERROR_REASON_FIELD_INVALID, field,
      Cat("a value has at most ", kFilterValueBytesMax, " bytes, got ", value.size()));
}

// One field's values in normal form, each once.
absl::StatusOr<std::vector<std::string>> ReadTexts(const TextRule& rule,
                                                   const v1::MailFilter& mail) {
  const Texts& values = (mail.*rule.values)();
  MT_RETURN_IF_ERROR(CheckCount(rule.field, values.size()));
  std::set<std::string> normal;
  for (const std::string& value : values) {
    MT_RETURN_IF_ERROR(CheckLength(rule.field, value));
    std::optional<std::string> form = rule.normal(value);
    if (!form) return FieldError(v1::ERROR_REASON_FIELD_INVALID, rule.field, rule.what);
    normal.insert(*std::move(form));
  }
  return std::vector<std::string>(normal.begin(), normal.end());
}

// A tag or a header, its values through `normal`.
template <typename Named>
absl::StatusOr<query::NamedFilter> ReadNamed(std::string_view field, const Named& named,
                                             std::string (*normal)(std::string_view)) {
  if (named.name().empty()) {
    return FieldError(v1::ERROR_REASON_FIELD_REQUIRED, Cat(field, ".name"), "must be set");
  }
  if (named.values().empty()) {
    return FieldError(v1::ERROR_REASON_FIELD_REQUIRED, Cat(field, ".values"),
                      "at least one value must be given");
  }
  MT_RETURN_IF_ERROR(CheckLength(Cat(field, ".name"), named.name()));
  MT_RETURN_IF_ERROR(CheckCount(Cat(field, ".values"), named.values_size()));
  std::set<std::string> values;
  for (const std::string& value : named.values()) {
    MT_RETURN_IF_ERROR(CheckLength(Cat(field, ".values"), value));
    values.insert(normal(value));
  }
  return query::NamedFilter{.name = named.name(), .values = {values.begin(), values.end()}};
}

absl::Status ReadTags(const v1::MailFilter& mail, query::EventFilter& filter) {
  constexpr std::string_view kField = "filter.mail.tags";
  MT_RETURN_IF_ERROR(CheckCount(kField, mail.tags_size()));
  for (const v1::TagFilter& tag : mail.tags()) {
    MT_ASSIGN_OR_RETURN(
        query::NamedFilter named,
        ReadNamed(kField, tag, [](std::string_view value) { return std::string(value); }));
    filter.tags.push_back(std::move(named));
  }
  return absl::OkStatus();
}

absl::Status ReadHeaders(const v1::MailFilter& mail, const std::vector<std::string>& indexed,
                         query::EventFilter& filter) {
  constexpr std::string_view kField = "filter.mail.headers";
  MT_RETURN_IF_ERROR(CheckCount(kField, mail.headers_size()));
  for (const v1::HeaderFilter& header : mail.headers()) {
    MT_ASSIGN_OR_RETURN(query::NamedFilter named,
                        ReadNamed(kField, header, mail::NormalHeaderValue));
    named.name = mail::NormalHeaderName(named.name);
    if (std::find(indexed.begin(), indexed.end(), named.name) == indexed.end()) {
      return MakeError(
          v1::ERROR_REASON_HEADER_NOT_INDEXED,
          "the header is not indexed: name it in the server's configuration, or ask by "
          "something else",
          {{"header", named.name}, {"field", std::string(kField)}});
    }
    filter.headers.push_back(std::move(named));
  }
  return absl::OkStatus();
}

bool Allows(const std::vector<std::string>& values, const std::string& value) {
  return values.empty() || std::binary_search(values.begin(), values.end(), value);
}

// Names, accounts and regions as the numbers of the sources that fit all three.
absl::Status ReadSources(const v1::MailFilter& mail, const SourceDirectory& directory,
                         query::EventFilter& filter) {
  MT_ASSIGN_OR_RETURN(const auto names, ReadTexts(kSourcesRule, mail));
  MT_ASSIGN_OR_RETURN(const auto accounts, ReadTexts(kAccountsRule, mail));
  MT_ASSIGN_OR_RETURN(const auto regions, ReadTexts(kRegionsRule, mail));
  if (names.empty() && accounts.empty() && regions.empty()) return absl::OkStatus();
  std::set<std::string> known;
  std::set<std::uint16_t> numbers;
  for (const SourceInfo& source : directory.List()) {
    known.insert(source.name);
    if (Allows(names, source.name) && Allows(accounts, source.account_id) &&
        Allows(regions, source.region)) {
      numbers.insert(source.number);
    }
  }
  for (const std::string& name : names) {
    if (known.contains(name)) continue;
    return MakeError(v1::ERROR_REASON_SOURCE_UNKNOWN,
                     "no source of this name is configured: see SourceService.ListSources",
                     {{"source", name}, {"field", std::string(kSourcesRule.field)}});
  }
  filter.sources.emplace(numbers.begin(), numbers.end());
  return absl::OkStatus();
}

absl::StatusOr<std::optional<UnixMillis>> ReadTime(std::string_view field, bool present,
                                                   const google::protobuf::Timestamp& time) {
  if (!present) return std::nullopt;
  const std::optional<UnixMillis> millis = FromTimestamp(time);
  if (!millis) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, field,
                      "is no time between the years 1 and 9999");
  }
  return millis;
}

absl::Status ReadRange(std::string_view field, const v1::TimeRange& range,
                       query::TimeRange& target) {
  MT_ASSIGN_OR_RETURN(target.start,
                      ReadTime(Cat(field, ".start"), range.has_start(), range.start()));
  MT_ASSIGN_OR_RETURN(target.end, ReadTime(Cat(field, ".end"), range.has_end(), range.end()));
  if (target.start && target.end && *target.end <= *target.start) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, Cat(field, ".end"),
                      "must lie behind the start");
  }
  return absl::OkStatus();
}

// `is_valid`: whether the number is a value of the enum.
template <typename Target>
absl::Status ReadEnums(std::string_view field, const google::protobuf::RepeatedField<int>& values,
                       bool (*is_valid)(int), std::vector<Target>& target) {
  MT_RETURN_IF_ERROR(CheckCount(field, values.size()));
  std::set<Target> each;
  for (const int value : values) {
    if (value == 0) {
      return FieldError(v1::ERROR_REASON_FIELD_INVALID, field, "UNSPECIFIED is not a value");
    }
    if (!is_valid(value)) {
      return FieldError(v1::ERROR_REASON_FILTER_FIELD_UNSUPPORTED, field,
                        "this server is older than the client and does not know a value");
    }
    each.insert(static_cast<Target>(value));
  }
  target.assign(each.begin(), each.end());
  return absl::OkStatus();
}

std::size_t CountValues(const v1::MailFilter& mail) {
  std::size_t count = 0;
  for (const TextField& field : TextFields()) {
    count += static_cast<std::size_t>((mail.*field.rule.values)().size());
  }
  for (const TextRule& rule : {kSourcesRule, kAccountsRule, kRegionsRule}) {
    count += static_cast<std::size_t>((mail.*rule.values)().size());
  }
  for (const v1::TagFilter& tag : mail.tags()) count += static_cast<std::size_t>(tag.values_size());
  for (const v1::HeaderFilter& header : mail.headers()) {
    count += static_cast<std::size_t>(header.values_size());
  }
  return count;
}

absl::Status ReadMail(const v1::MailFilter& mail, const FilterWorld& world,
                      query::EventFilter& filter) {
  for (const TextField& field : TextFields()) {
    MT_ASSIGN_OR_RETURN(filter.*field.target, ReadTexts(field.rule, mail));
  }
  MT_RETURN_IF_ERROR(ReadTags(mail, filter));
  MT_RETURN_IF_ERROR(ReadHeaders(mail, world.indexed_headers, filter));
  if (const std::size_t count = CountValues(mail); count > kFilterValuesMax) {
    return FieldError(v1::ERROR_REASON_TOO_MANY_VALUES, "filter.mail",
                      Cat("at most ", kFilterValuesMax, " values in all fields, got ", count));
  }
  MT_RETURN_IF_ERROR(ReadSources(mail, world.sources, filter));
  return ReadRange("filter.mail.sent_time", mail.sent_time(), filter.sent_time);
}

}  // namespace

bool HasUnknownFields(const google::protobuf::Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) return true;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  return std::any_of(fields.begin(), fields.end(), [&](const auto* field) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) return false;
    if (!field->is_repeated()) return HasUnknownFields(reflection.GetMessage(message, field));
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      if (HasUnknownFields(reflection.GetRepeatedMessage(message, field, i))) return true;
    }
    return false;
  });
}

absl::StatusOr<query::EventFilter> ToEventFilter(const v1::EventFilter& filter,
                                                 const FilterWorld& world) {
  if (HasUnknownFields(filter)) {
    return FieldError(
        v1::ERROR_REASON_FILTER_FIELD_UNSUPPORTED, "filter",
        "this server is older than the client and does not know one of its fields; to "
        "ignore it would widen the answer");
  }
  query::EventFilter result;
  MT_RETURN_IF_ERROR(ReadMail(filter.mail(), world, result));
  MT_RETURN_IF_ERROR(
      ReadEnums("filter.types", filter.types(), v1::EventType_IsValid, result.types));
  MT_RETURN_IF_ERROR(ReadEnums("filter.forms", filter.forms(), v1::Form_IsValid, result.forms));
  MT_RETURN_IF_ERROR(ReadRange("filter.event_time", filter.event_time(), result.event_time));
  MT_RETURN_IF_ERROR(
      ReadRange("filter.received_time", filter.received_time(), result.received_time));
  return result;
}

absl::Status CheckWatchable(const query::EventFilter& filter, const index::Preparer& preparer) {
  if (filter.header_message_ids.empty()) return absl::OkStatus();
  const feed::Interest interest = feed::InterestOf(filter, preparer);
  if (!interest.terms.empty() || !interest.messages.empty()) return absl::OkStatus();
  return MakeError(v1::ERROR_REASON_FILTER_NOT_WATCHABLE,
                   "header_message_ids cannot be watched alone: add a recipient, a tag or another "
                   "field that can, or list the events",
                   {{"field", "filter.mail.header_message_ids"}});
}

}  // namespace mailtrail::server::api
