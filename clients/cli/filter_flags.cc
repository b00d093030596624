#include "clients/cli/filter_flags.h"

#include <algorithm>
#include <map>

#include "clients/cli/time_flags.h"
#include "storage/base/status.h"

namespace mailtrail::cli {
namespace {

// "rendering-failure" for EVENT_TYPE_RENDERING_FAILURE: as people write an enum's value.
template <typename Enum>
absl::StatusOr<Enum> ParseEnum(std::string_view flag, const std::string& text,
                               const google::protobuf::EnumDescriptor* descriptor,
                               std::string_view prefix) {
  std::string wanted(prefix);
  for (const char c : text) {
    const bool blank = c == '-' || c == ' ' || c == '_';
    wanted += blank ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  std::string known;
  for (int i = 1; i < descriptor->value_count(); ++i) {
    const auto* value = descriptor->value(i);
    if (value->name() == wanted) return static_cast<Enum>(value->number());
    std::string name = AsciiLower(value->name().substr(prefix.size()));
    std::replace(name.begin(), name.end(), '_', '-');
    known += Cat(known.empty() ? "" : ", ", name);
  }
  return MakeStatus(absl::StatusCode::kInvalidArgument, flag, ": '", text, "' is none of ", known);
}

// name=value pairs, gathered by name.
absl::StatusOr<std::map<std::string, std::vector<std::string>>> Pairs(
    std::string_view flag, const std::vector<std::string>& texts) {
  std::map<std::string, std::vector<std::string>> pairs;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, flag, ": '", text,
                        "' must be name=value");
    }
    pairs[text.substr(0, equals)].push_back(text.substr(equals + 1));
  }
  return pairs;
}

template <typename Repeated>
void Copy(const std::vector<std::string>& from, Repeated* to) {
  for (const std::string& value : from) to->Add(std::string(value));
}

}  // namespace

void EventFilterFlags::AddTo(CLI::App& command) {
  const auto add = [&](const char* name, std::vector<std::string>& values, const char* help) {
    command.add_option(name, values, help)->allow_extra_args(false)->group("Filters (repeatable)");
  };
  add("--recipient", recipients_, "Address that the event is about");
  add("--domain", domains_, "Domain of such an address");
  add("--sender", senders_, "Envelope sender");
  add("--tag", tags_, "NAME=VALUE; several names must all match");
  add("--header", headers_, "NAME=VALUE of an indexed header");
  add("--type", types_,
      "send, delivery, delivery-delay, bounce, complaint, reject, rendering-failure, open, click, "
      "subscription, other");
  add("--form", forms_, "event-publishing or identity-notification");
  add("--message-id", message_ids_, "SES's id, bare or as in the delivered Message-ID header");
  add("--header-id", header_ids_, "The sender's own Message-ID");
  add("--configuration-set", configuration_sets_, "SES's configuration set");
  add("--source", sources_, "Configured source, see `source list`");
  add("--account", accounts_, "AWS account of the source");
  add("--region", regions_, "AWS region of the source");
  add("--tenant", tenants_, "SES's tenant");
  command
      .add_option(
          "--since", since_,
          "Events that happened from then on: RFC 3339, a date, or how long ago (24h, 7d). A "
          "time without a zone is UTC")
      ->type_name("TIME");
  command.add_option("--until", until_, "Events that happened before then")->type_name("TIME");
}

absl::StatusOr<v1::EventFilter> EventFilterFlags::Filter(UnixMillis now) const {
  v1::EventFilter filter;
  v1::MailFilter& mail = *filter.mutable_mail();
  Copy(recipients_, mail.mutable_recipients());
  Copy(domains_, mail.mutable_recipient_domains());
  Copy(senders_, mail.mutable_senders());
  Copy(message_ids_, mail.mutable_message_ids());
  Copy(header_ids_, mail.mutable_header_message_ids());
  Copy(configuration_sets_, mail.mutable_configuration_sets());
  Copy(sources_, mail.mutable_sources());
  Copy(accounts_, mail.mutable_account_ids());
  Copy(regions_, mail.mutable_regions());
  Copy(tenants_, mail.mutable_tenants());
  MT_ASSIGN_OR_RETURN(const auto tags, Pairs("--tag", tags_));
  for (const auto& [name, values] : tags) {
    v1::TagFilter& tag = *mail.add_tags();
    tag.set_name(name);
    Copy(values, tag.mutable_values());
  }
  MT_ASSIGN_OR_RETURN(const auto headers, Pairs("--header", headers_));
  for (const auto& [name, values] : headers) {
    v1::HeaderFilter& header = *mail.add_headers();
    header.set_name(name);
    Copy(values, header.mutable_values());
  }
  for (const std::string& text : types_) {
    MT_ASSIGN_OR_RETURN(
        const auto type,
        ParseEnum<v1::EventType>("--type", text, v1::EventType_descriptor(), "EVENT_TYPE_"));
    filter.add_types(type);
  }
  for (const std::string& text : forms_) {
    MT_ASSIGN_OR_RETURN(const auto form,
                        ParseEnum<v1::Form>("--form", text, v1::Form_descriptor(), "FORM_"));
    filter.add_forms(form);
  }
  std::optional<UnixMillis> since;
  if (since_) {
    MT_ASSIGN_OR_RETURN(since, ParseTimeFlag("--since", *since_, now));
    *filter.mutable_event_time()->mutable_start() = ToTimestamp(*since);
  }
  if (until_) {
    MT_ASSIGN_OR_RETURN(const UnixMillis until, ParseTimeFlag("--until", *until_, now));
    if (since && until <= *since) {
      return absl::InvalidArgumentError("--until must be after --since");
    }
    *filter.mutable_event_time()->mutable_end() = ToTimestamp(until);
  }
  return filter;
}

}  // namespace mailtrail::cli
