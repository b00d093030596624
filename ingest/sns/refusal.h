#pragma once

// Why a push is not taken, and whose fault that is.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace mailtrail::ingest::sns {

enum class Refusal {
  // Malformed.
  kBodyTooLarge,
  kNotJson,
  kTooDeep,
  kNotObject,
  kTooManyMembers,
  kDuplicateMember,
  kMissingField,
  kFieldNotText,
  kFieldForm,
  kUnexpectedField,
  kUnknownType,
  kTypeMismatch,
  kUnknownSignatureVersion,
  // What no change at our side could make genuine.
  kForeignAccount,
  kCertificateUrl,
  kTimestampOutsideCertificate,
  kSignatureMismatch,
  // What hangs on our configuration, clock, tables or network: the sender should try again.
  kUnlistedTopic,
  kCertificateFetchFailed,
  kCertificateFetchLimit,
  kCertificateMalformed,
  kCertificateKey,
  kCertificateOfAuthority,
  kCertificateSelfSigned,
  kCertificateName,
  kCertificateEnded,
  kUnknownIssuer,
  kDigestUnavailable,
};
inline constexpr std::size_t kRefusals = static_cast<std::size_t>(Refusal::kDigestUnavailable) + 1;

// What a door answers. SNS drops for good whatever got a 4xx, so kForbidden is only for what cannot
// become right by waiting.
enum class Fault {
  kMalformed,    // 400
  kTooLarge,     // 413
  kForbidden,    // 403
  kUnavailable,  // 503
};

// A stable word in snake_case for metrics and logs.
[[nodiscard]] std::string_view Word(Refusal reason);
[[nodiscard]] Fault FaultOf(Refusal reason);

// A refusal with what is worth knowing about it for a log line: the field's name, the certificate's
// name, the transport's error. At most a short line, printable ASCII; never text from a message.
struct Refused {
  Refusal reason;
  std::string detail;
  // Number of the source whose topic the push claims to come from; 0 when it got not so far.
  std::uint32_t source = 0;
};

// The value, or why there is none.
template <typename T>
using OrRefused = std::variant<T, Refused>;

// Text from outside made fit for a detail: printable ASCII, at most 120 characters.
[[nodiscard]] std::string Printable(std::string_view text);

}  // namespace mailtrail::ingest::sns
