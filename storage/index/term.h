#pragma once

// Terms: what one can ask by. A term in a key is a keyed 64-bit hash of kind, 0x00 and normal form;
// a collision is harmless, since whatever is shown was checked against the record.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/key_file.h"

namespace mailtrail::index {

// On disk as a byte under the hash: never renumber.
enum class TermKind : std::uint8_t {
  kRecipient = 1,
  kRecipientDomain = 2,
  kTag = 3,     // Normal form: name, 0x00, value.
  kHeader = 4,  // Normal form: lower-case name, 0x00, value.
  kSender = 5,  // The address in mail.source.
  kTenant = 6,
  kConfigurationSet = 7,
  kType = 8,  // Normal form: one byte, the EventType.
  kHeaderMessageId = 9,
  kSource = 10,     // Normal form: the source's number, u16.
  kUnsettled = 11,  // Normal form: empty.
  kAll = 12,        // Normal form: empty.
};

// Where rows of a kind stand. Types with terms of their own: Bounce, Complaint, Reject, Rendering
// Failure, DeliveryDelay, Subscription, OTHER; the others are most of the log.
struct TermKindInfo {
  TermKind kind;
  std::string_view name;  // As explain and metrics show it.
  bool postings;
  bool listings;
};

inline constexpr std::array<TermKindInfo, 12> kTermKinds = {{
    {TermKind::kRecipient, "recipient", true, true},
    {TermKind::kRecipientDomain, "recipient_domain", true, true},
    {TermKind::kTag, "tag", true, true},
    {TermKind::kHeader, "header", true, true},
    {TermKind::kSender, "sender", true, true},
    {TermKind::kTenant, "tenant", true, true},
    {TermKind::kConfigurationSet, "configuration_set", true, true},
    {TermKind::kType, "type", true, true},
    {TermKind::kHeaderMessageId, "header_message_id", false, true},
    {TermKind::kSource, "source", false, true},
    {TermKind::kUnsettled, "unsettled", false, true},
    {TermKind::kAll, "all", false, true},
}};

[[nodiscard]] constexpr const TermKindInfo& InfoOf(TermKind kind) {
  return kTermKinds[static_cast<std::size_t>(kind) - 1];
}

// True when events of this type have a term of kind kType.
[[nodiscard]] bool HasTypeTerm(storage::v1::EventType type);

struct Term {
  std::uint64_t hash = 0;
  friend auto operator<=>(const Term&, const Term&) = default;
};

// The normal forms that are not plain texts.
[[nodiscard]] std::string NamedValue(std::string_view name, std::string_view value);
[[nodiscard]] std::string TypeValue(storage::v1::EventType type);
[[nodiscard]] std::string SourceValue(std::uint16_t source);

// Thread-safe.
class Terms {
 public:
  explicit Terms(const StoreKeys& keys) : hash_(keys.term) {}
  [[nodiscard]] Term Of(TermKind kind, std::string_view normal_form) const;

 private:
  KeyedHash hash_;
};

}  // namespace mailtrail::index
