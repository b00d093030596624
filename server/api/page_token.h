#pragma once

// Page tokens: a place in one listing, as clients hold it.
//
//   text  := base64url without padding
//   bytes := version u8 = 1, method u8, binding 16 bytes, era id u64, as_of u64, position u64,
//            issued second u32, MAC 16 bytes
//
// The binding is a hash of filter and order: whoever changes them lists anew. The era is the one
// that as_of lies in, so a token of a history that was rolled back is refused. The MAC is
// HMAC-SHA-256 under StoreKeys.page_token, cut to 128 bits, since a token says what may be read
// without a check.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/clock.h"
#include "storage/log/sequence.h"

namespace mailtrail::server::api {

// On the wire, so never renumbered.
enum class PagedMethod : std::uint8_t { kListEvents = 1 };

// What a token is good for: one method, filter and order.
struct PageBinding {
  PagedMethod method = PagedMethod::kListEvents;
  // A hash of filter and order, 16 bytes.
  std::string hash;
};

// `request`: filter and order in some form that is the same for each page.
[[nodiscard]] PageBinding BindingOf(PagedMethod method, std::string_view request);

struct PagePlace {
  std::uint64_t era_id = 0;
  log::Sequence as_of;
  log::Sequence position;  // Of the last event that was judged.
  friend bool operator==(const PagePlace&, const PagePlace&) = default;
};

// Thread-safe. `clock` must outlive it.
class PageTokens {
 public:
  PageTokens(std::string key, const Clock& clock) : key_(std::move(key)), clock_(clock) {}

  [[nodiscard]] std::string Format(const PageBinding& binding, const PagePlace& place) const;
  // PAGE_TOKEN_INVALID; PAGE_TOKEN_EXPIRED for one that was issued more than 24 h ago.
  [[nodiscard]] absl::StatusOr<PagePlace> Parse(const PageBinding& binding,
                                                std::string_view text) const;

 private:
  [[nodiscard]] std::string MacOf(std::string_view bytes) const;

  const std::string key_;
  const Clock& clock_;
};

// What a token gets that does not fit: PAGE_TOKEN_INVALID.
[[nodiscard]] absl::Status PageTokenInvalid();

}  // namespace mailtrail::server::api
