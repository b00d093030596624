#pragma once

// The store's secret and the keys derived from it.
//
// The file holds one line: 64 hex digits, 32 random bytes. It is never rotated: terms, message keys
// and event ids depend on it, so a store whose key is lost can only be rebuilt by importing.

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/hash.h"

namespace mailtrail {

// What the secret is good for. HKDF-SHA256 with the purpose as its info, so no key tells another.
struct StoreKeys {
  HashKey message;          // Message keys, and the shard that follows from them.
  HashKey message_other;    // Message keys of ids that do not have SES's usual form.
  HashKey term;             // Index terms.
  HashKey fingerprint;      // Duplicates, and event ids.
  HashKey push;             // Push keys of the quarantine.
  std::string page_token;   // 32 bytes: page tokens' MAC. The only one that may be rotated.
  std::string check_value;  // 16 bytes, stored in `meta`: tells whether a key fits a store.
};

// Derives all keys from 32 bytes.
[[nodiscard]] absl::StatusOr<StoreKeys> DeriveKeys(std::string_view secret);

// kNotFound when there is no file; kInvalidArgument when it is not a key; kPermissionDenied and
// kUnavailable as the system says.
[[nodiscard]] absl::StatusOr<std::string> ReadKeyFile(const std::filesystem::path& path);

// Makes a key, writes it with mode 0600, and syncs file and folder before it returns.
// kAlreadyExists when the file is there.
[[nodiscard]] absl::StatusOr<std::string> CreateKeyFile(const std::filesystem::path& path);

// Bytes from the system's random generator.
[[nodiscard]] std::string RandomBytes(std::size_t count);

}  // namespace mailtrail
