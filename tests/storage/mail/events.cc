#include "tests/storage/mail/events.h"

#include <google/protobuf/text_format.h>

#include <numeric>
#include <sstream>

#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail::test {

StoreKeys TestKeys() {
  std::string secret(32, '\0');
  std::iota(secret.begin(), secret.end(), '\0');
  return DeriveKeys(secret).value();
}

storage::v1::Event FromText(std::string_view text) {
  storage::v1::Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &event)) << text;
  return event;
}

mail::Fingerprint NumberedFingerprint(unsigned number) {
  mail::Fingerprint fingerprint;
  fingerprint.bytes.back() = static_cast<char>(number);
  return fingerprint;
}

OwnedInput Input(std::string_view text, unsigned number, storage::v1::Form form) {
  return {.event = FromText(text), .form = form, .fingerprint = NumberedFingerprint(number)};
}

std::vector<mail::FoldInput> Views(const std::vector<OwnedInput>& inputs) {
  std::vector<mail::FoldInput> views;
  views.reserve(inputs.size());
  for (const OwnedInput& input : inputs) {
    views.push_back({&input.event, input.form, input.fingerprint});
  }
  return views;
}

mail::MessageStatus FoldAll(const std::vector<OwnedInput>& inputs) {
  return mail::Fold(Views(inputs));
}

std::string ToText(const mail::MessageStatus& status) {
  std::ostringstream out;
  const auto time = [](const std::optional<UnixMillis>& t) { return t ? FormatTime(*t) : "-"; };
  out << status.message_id << ' ' << FormatTime(status.sent_time) << " from=" << status.source
      << " subject=" << status.subject << " header_id=" << status.header_message_id
      << " account=" << status.sending_account_id << " set=" << status.configuration_set
      << " tenant=" << status.tenant << '\n';
  for (const storage::v1::Tag& tag : status.tags) {
    out << "tag " << tag.ShortDebugString() << '\n';
  }
  for (const mail::RecipientStatus& r : status.recipients) {
    out << r.address << " state=" << static_cast<int>(r.state) << " settled=" << r.settled
        << " by=" << (r.decided_by ? HexEncode(r.decided_by->view()) : "-") << " over=";
    for (const mail::Fingerprint& overruled : r.overruled) {
      out << HexEncode(overruled.view()) << ',';
    }
    out << " delivered=" << time(r.delivered_time)
        << " attribution=" << static_cast<int>(r.attribution) << '\n';
  }
  const mail::Engagement& e = status.engagement;
  out << "opens=" << e.opens << '/' << e.opens_without_bots << " clicks=" << e.clicks << '/'
      << e.clicks_without_bots << " first=" << time(e.first_open_time) << ' '
      << time(e.first_click_time) << " attribution=" << static_cast<int>(e.attribution) << '\n';
  return out.str();
}

}  // namespace mailtrail::test
