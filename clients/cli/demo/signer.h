#pragma once

// Signs pushes as SNS does, with a key of the demo's own, whose certificate the server is started
// with.

#include <openssl/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/time.h"

namespace mailtrail::demo {

// Thread-safe.
class Signer {
 public:
  // Takes key and certificate from `folder` ("demo.key" and the .pem file named in it), or makes
  // them: RSA 2048, valid for ten years. The certificate's name is sns.amazonaws.com, so only a
  // server whose --signing-cert-dir is this folder believes it. kFailedPrecondition in one
  // sentence.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Signer>> Open(
      const std::filesystem::path& folder, UnixMillis now);

  // The HTTP body of a notification on `topic_arn`: SignatureVersion 2. `number` makes the
  // MessageId.
  [[nodiscard]] std::string Notification(std::string_view topic_arn, std::string_view message,
                                         UnixMillis now, std::uint64_t number) const;

 private:
  struct KeyFree {
    void operator()(EVP_PKEY* key) const;
  };
  using Key = std::unique_ptr<EVP_PKEY, KeyFree>;

  Signer(Key key, std::string file_name) : key_(std::move(key)), file_name_(std::move(file_name)) {}

  [[nodiscard]] static Key MakeKey();
  // Base64 of RSA PKCS#1 v1.5 with SHA-256.
  [[nodiscard]] std::string Sign(std::string_view text) const;

  const Key key_;
  const std::string file_name_;
};

}  // namespace mailtrail::demo
