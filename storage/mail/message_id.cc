#include "storage/mail/message_id.h"

#include <algorithm>

#include "storage/base/codec.h"
#include "storage/base/text.h"
#include "storage/mail/limits.h"
#include "storage/mail/white_space.h"

namespace mailtrail::mail {
namespace {

constexpr std::size_t kUsualLength = 60;
constexpr std::size_t kStampDigits = 16;  // Region u16, sent_ms u48.
// In the usual form: lower-case hex digit 'x', decimal digit '0', and the dashes themselves.
constexpr std::string_view kUsualForm =
    "xxxxxxxxxxxxxxxx-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx-000000";
static_assert(kUsualForm.size() == kUsualLength);

constexpr char kOtherPrefix = '\xFF';
constexpr std::string_view kSesDomain = "amazonses.com";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLowerHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); }

bool IsIdCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
         c == '-';
}

bool FitsForm(char c, char form) {
  switch (form) {
    case 'x':
      return IsLowerHex(c);
    case '0':
      return IsDigit(c);
    default:
      return c == form;
  }
}

// Ids of region 0xFF.. would lie among those of other forms, so they are keyed as such.
bool HasUsualForm(std::string_view id) {
  return id.size() == kUsualLength && !id.starts_with("ff") &&
         std::equal(id.begin(), id.end(), kUsualForm.begin(), FitsForm);
}

// "amazonses.com" or below it. The regional part is not promised (email., eu-west-1., others), so
// nothing is read from it.
bool IsSesDomain(std::string_view domain) {
  const std::string lower = AsciiLower(domain);
  std::string_view rest = lower;
  if (!rest.ends_with(kSesDomain)) {
    return false;
  }
  rest.remove_suffix(kSesDomain.size());
  return rest.empty() || rest.ends_with('.');
}

}  // namespace

bool IsMessageId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxMessageIdLength &&
         std::all_of(id.begin(), id.end(), IsIdCharacter);
}

std::optional<std::string> ParseMessageId(std::string_view text) {
  text = DropWhiteSpace(text);
  if (text.starts_with('<') && text.ends_with('>')) {
    text = text.substr(1, text.size() - 2);
  }
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    if (!IsSesDomain(text.substr(at + 1))) {
      return std::nullopt;
    }
    text = text.substr(0, at);
  }
  if (!IsMessageId(text)) {
    return std::nullopt;
  }
  return std::string(text);
}

MessageKey MessageKeys::KeyOf(std::string_view message_id) const {
  std::string bytes;
  if (HasUsualForm(message_id)) {
    bytes = HexDecode(message_id.substr(0, kStampDigits)).value_or("");
    AppendU64(bytes, usual_.Hash64(message_id));
  } else {
    const std::array<char, 16> hash = other_.Hash128(message_id);
    bytes.push_back(kOtherPrefix);
    bytes.append(hash.data(), hash.size() - 1);
  }
  MessageKey key;
  std::copy_n(bytes.begin(), key.bytes.size(), key.bytes.begin());
  return key;
}

std::uint16_t MessageKeys::ShardHashOf(std::string_view message_id) const {
  return static_cast<std::uint16_t>(usual_.Hash64(message_id) >> 48);
}

}  // namespace mailtrail::mail
