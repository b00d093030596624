#include "clients/cli/trail.h"

#include "absl/strings/str_format.h"
#include "clients/cli/escape.h"
#include "clients/cli/event_lines.h"
#include "clients/cli/table.h"
#include "clients/cli/time_flags.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

void AddField(const std::string& name, const std::string& value, std::vector<std::string>& lines) {
  if (!value.empty()) lines.push_back(absl::StrFormat("  %-10s %s", name, value));
}

std::string ShowTags(const v1::MailMessage& message) {
  std::string shown;
  for (const v1::Tag& tag : message.tags()) {
    for (const std::string& value : tag.values()) {
      shown += Cat(shown.empty() ? "" : ", ", Escape(tag.name()), "=", Escape(value));
    }
  }
  return shown;
}

std::string ShowState(const v1::RecipientStatus& status) {
  constexpr std::string_view kPrefix = "STATE_";
  std::string state = v1::RecipientStatus::State_Name(status.state());
  if (state.starts_with(kPrefix)) state = state.substr(kPrefix.size());
  if (!status.settled()) state += ", not settled";
  if (status.attribution() == v1::ATTRIBUTION_AMBIGUOUS) state += ", perhaps somebody else";
  return state;
}

// "+1.2s": since the message was sent. Clocks of ISPs may put an event before it.
std::string SinceSent(const v1::MailMessage& message, const v1::Event& event) {
  const double seconds =
      static_cast<double>(event.event_time().seconds() - message.sent_time().seconds()) +
      static_cast<double>(event.event_time().nanos() - message.sent_time().nanos()) / 1e9;
  return absl::StrFormat("%+.3fs", seconds);
}

void Indent(const std::vector<std::string>& from, std::vector<std::string>& to) {
  for (const std::string& line : from) to.push_back("    " + line);
}

}  // namespace

std::vector<std::string> TrailLines(const v1::MailMessage& message) {
  std::vector<std::string> lines = {Cat("Message ", Escape(message.id()))};
  AddField("sent", ShowTime(message.sent_time()), lines);
  AddField("from", Escape(message.sender_address()), lines);
  AddField("subject", Escape(message.subject()), lines);
  AddField("Message-ID", Escape(message.header_message_id()), lines);
  AddField("source", Escape(message.origin().source()), lines);
  AddField("tags", ShowTags(message), lines);
  const v1::EngagementSummary& engagement = message.engagement();
  if (engagement.opens() + engagement.clicks() > 0) {
    AddField(
        "engagement",
        Cat(engagement.opens(), " opens (", engagement.opens_without_bots(), " without bots), ",
            engagement.clicks(), " clicks (", engagement.clicks_without_bots(), " without bots)",
            engagement.at_least() ? ", or more" : ""),
        lines);
  }
  lines.emplace_back("  recipients");
  Table recipients({"ADDRESS", "STATE", "DELIVERED"});
  for (const v1::RecipientStatus& status : message.recipients()) {
    recipients.Add(
        {Escape(status.address()), ShowState(status), ShowTime(status.delivered_time())});
  }
  Indent(recipients.Lines(), lines);
  if (message.events().empty()) return lines;
  lines.emplace_back("  trail");
  Table trail({"TIME", "SINCE SENT", "TYPE", "RECIPIENTS", "DETAIL"});
  for (const v1::Event& event : message.events()) {
    trail.Add({ShowTime(event.event_time()), SinceSent(message, event), ShowType(event),
               ShowRecipients(event), ShowDetail(event)});
  }
  Indent(trail.Lines(), lines);
  if (message.events_truncated()) {
    lines.push_back(Cat("    ... the trail has more than these ", message.events_size(),
                        " events: mailtrail event list --message-id ", Escape(message.id())));
  }
  return lines;
}

}  // namespace mailtrail::cli
