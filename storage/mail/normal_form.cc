#include "storage/mail/normal_form.h"

#include <idn2.h>
#include <uninorm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

#include "storage/base/text.h"
#include "storage/mail/limits.h"
#include "storage/mail/white_space.h"

namespace mailtrail::mail {
namespace {

bool IsAscii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Normalisation form C. Text that is not UTF-8 stays as it is.
std::string ToNfc(std::string text) {
  if (IsAscii(text)) {
    return text;
  }
  struct Free {
    void operator()(std::uint8_t* bytes) const { std::free(bytes); }
  };
  std::size_t length = 0;
  const std::unique_ptr<std::uint8_t, Free> composed(
      u8_normalize(UNINORM_NFC, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                   nullptr, &length));
  if (composed == nullptr) {
    return text;
  }
  return {reinterpret_cast<const char*>(composed.get()), length};
}

// One label, or several where Unicode's other full stops divide them. An ASCII label is its own
// A-label, valid or not, so only others need IDNA.
std::string NormalLabel(std::string_view label) {
  if (IsAscii(label) || label.size() > kMaxIdnaLabelBytes ||
      label.find('\0') != std::string_view::npos) {
    return AsciiLower(label);
  }
  std::uint8_t* ascii = nullptr;
  const int result =
      idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(std::string(label).c_str()), &ascii,
                     IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (result != IDN2_OK) {
    return AsciiLower(label);
  }
  std::string normal = AsciiLower(reinterpret_cast<const char*>(ascii));
  idn2_free(ascii);
  return normal;
}

// Drops white space at both ends, and the final dots among it: "example.com. " is example.com.
std::string_view DropEnds(std::string_view domain) {
  while (true) {
    domain = DropWhiteSpace(domain);
    if (!domain.ends_with('.')) {
      return domain;
    }
    domain.remove_suffix(1);
  }
}

// What stands in the last pair of angle brackets outside quoted strings; nullopt when there is
// none. `quotes` off reads a text whose quotes do not pair as people mean it.
std::optional<std::string_view> InBrackets(std::string_view text, bool quotes) {
  std::optional<std::string_view> found;
  std::optional<std::size_t> open;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quotes && c == '"') {
      quoted = !quoted;
    } else if (quoted && c == '\\') {
      ++i;
    } else if (!quoted && c == '<') {
      open = i + 1;
    } else if (!quoted && c == '>' && open) {
      found = text.substr(*open, i - *open);
      open.reset();
    }
  }
  if (quoted) {
    return InBrackets(text, false);
  }
  return found;
}

}  // namespace

std::string NormalAddress(std::string_view address) {
  address = DropWhiteSpace(address);
  if (const std::optional<std::string_view> inner = InBrackets(address, true)) {
    address = DropWhiteSpace(*inner);
  }
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) {
    return AsciiLower(address);
  }
  return Cat(ToNfc(AsciiLower(DropWhiteSpace(address.substr(0, at)))), "@",
             NormalDomain(address.substr(at + 1)));
}

std::string NormalDomain(std::string_view domain) {
  domain = DropEnds(domain);
  std::string normal;
  while (true) {
    const std::size_t dot = domain.find('.');
    normal += NormalLabel(domain.substr(0, dot));
    if (dot == std::string_view::npos) {
      return std::string(DropEnds(normal));
    }
    normal.push_back('.');
    domain.remove_prefix(dot + 1);
  }
}

std::string DomainOf(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string() : std::string(address.substr(at + 1));
}

std::string NormalHeaderName(std::string_view name) { return AsciiLower(name); }

std::string NormalHeaderValue(std::string_view value) { return std::string(DropWhiteSpace(value)); }

std::string NormalHeaderMessageId(std::string_view value) {
  value = DropWhiteSpace(value);
  if (value.size() >= 2 && value.starts_with('<') && value.ends_with('>')) {
    value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
}

}  // namespace mailtrail::mail
