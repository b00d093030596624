#pragma once

// The spelling under which something is indexed and looked up: both sides go through here, so that
// "Ann@MÜNCHEN.example." finds "ann@xn--mnchen-3ya.example". The rules are on disk (as hashes of
// their results): a change raises kNormalFormVersion and is a re-indexing.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrail::mail {

inline constexpr std::uint32_t kNormalFormVersion = 1;

// A mail address: display name and angle brackets dropped ("Ann <ann@example.com>"), surrounding
// white space too; the local part in lower case as Unicode NFC (ASCII case folding and NFC; plus
// addresses stay apart); the domain as NormalDomain. A text without '@' is lower-cased as a whole.
// Never fails: what cannot be read as an address is its own normal form.
[[nodiscard]] std::string NormalAddress(std::string_view address);

// A domain: IDNA 2008 / UTS 46 non-transitional to ASCII (so "faß.example" is xn--fa-hia, not
// fass), lower case, without a trailing dot. A label that IDNA refuses is lower-cased ASCII as it
// stands.
[[nodiscard]] std::string NormalDomain(std::string_view domain);

// The domain of an address in normal form; empty when there is none.
[[nodiscard]] std::string DomainOf(std::string_view address);

// A header's name: lower case. Its value: white space at both ends dropped.
[[nodiscard]] std::string NormalHeaderName(std::string_view name);
[[nodiscard]] std::string NormalHeaderValue(std::string_view value);

// A header Message-ID: white space and one pair of angle brackets dropped; case kept.
[[nodiscard]] std::string NormalHeaderMessageId(std::string_view value);

// The addresses in one header value or list element: SES puts several, comma-separated, into one
// string at times. Quoted display names may hold commas. Each as NormalAddress; empty ones dropped.
[[nodiscard]] std::vector<std::string> AddressesIn(std::string_view value);

}  // namespace mailtrail::mail
