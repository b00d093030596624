#include <algorithm>
#include <array>
#include <set>

#include "ingest/ses/mail.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::ingest::ses {
namespace {

// Headers whose value is a list of addresses (RFC 5322, RFC 8098, and what mailers add), lower
// case.
constexpr std::array<std::string_view, 21> kAddressHeaders = {
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "return-path",
    "resent-from",
    "resent-sender",
    "resent-reply-to",
    "resent-to",
    "resent-cc",
    "resent-bcc",
    "disposition-notification-to",
    "return-receipt-to",
    "errors-to",
    "delivered-to",
    "envelope-to",
    "x-original-to",
    "apparently-to",
    "mail-followup-to",
};

bool HoldsAddresses(std::string_view header_name) {
  return std::find(kAddressHeaders.begin(), kAddressHeaders.end(),
                   mail::NormalHeaderName(header_name)) != kAddressHeaders.end();
}

// What has no '@' names nobody ("undisclosed-recipients:;").
void AddNamed(std::string_view value, std::set<std::string>& named) {
  for (std::string& address : mail::AddressesIn(value)) {
    if (address.find('@') != std::string::npos) {
      named.insert(std::move(address));
    }
  }
}

std::set<std::string> NamedInHeaders(const storage::v1::CommonHeaders& common,
                                     const Headers& headers) {
  std::set<std::string> named;
  for (const Texts* const list : {&common.from(), &common.to(), &common.cc(), &common.bcc(),
                                  &common.sender(), &common.reply_to()}) {
    for (const std::string& value : *list) {
      AddNamed(value, named);
    }
  }
  AddNamed(common.return_path(), named);
  for (const storage::v1::Header& header : headers) {
    if (HoldsAddresses(header.name())) {
      AddNamed(header.value(), named);
    }
  }
  return named;
}

}  // namespace

std::vector<std::string> NamedOnlyInHeaders(const Event& event, const Headers& headers) {
  std::set<std::string> named = NamedInHeaders(event.mail().common_headers(), headers);
  for (const mail::InvolvedAddress& involved : mail::InvolvedIn(event)) {
    named.erase(involved.address);
  }
  named.erase(mail::NormalAddress(event.mail().source()));
  return {named.begin(), named.end()};
}

}  // namespace mailtrail::ingest::ses
