#include "storage/base/key_file.h"

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "storage/base/status.h"

namespace mailtrail {
namespace {

constexpr std::size_t kSecretBytes = 32;

struct KdfContextFree {
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
using KdfContext = std::unique_ptr<EVP_KDF_CTX, KdfContextFree>;

// HKDF-SHA256 (RFC 5869) without salt: the secret is uniformly random already.
absl::Status Hkdf(std::string secret, std::string info, std::span<unsigned char> output) {
  EVP_KDF* kdf = EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_HKDF, nullptr);
  const KdfContext context(kdf == nullptr ? nullptr : EVP_KDF_CTX_new(kdf));
  EVP_KDF_free(kdf);  // The context holds on to it.
  std::string digest = "SHA256";
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end()};
  const bool ok = context != nullptr &&
                  EVP_KDF_derive(context.get(), output.data(), output.size(), params) == 1;
  OPENSSL_cleanse(secret.data(), secret.size());
  if (!ok) return MakeStatus(absl::StatusCode::kInternal, "OpenSSL does not offer HKDF-SHA256");
  return absl::OkStatus();
}

absl::Status SystemError(int error, std::string_view what, const std::filesystem::path& path) {
  const auto code = error == ENOENT                     ? absl::StatusCode::kNotFound
                    : error == EEXIST                   ? absl::StatusCode::kAlreadyExists
                    : error == EACCES || error == EPERM ? absl::StatusCode::kPermissionDenied
                                                        : absl::StatusCode::kUnavailable;
  return MakeStatus(code, "cannot ", what, " ", path.string(), ": ",
                    std::generic_category().message(error));
}

class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode = 0)
      : fd_(open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  // False: see errno.
  [[nodiscard]] bool WriteAll(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  // At most `bytes_max` bytes; nullopt: see errno.
  [[nodiscard]] std::optional<std::string> ReadUpTo(std::size_t bytes_max) const {
    std::string bytes(bytes_max, '\0');
    std::size_t filled = 0;
    while (filled < bytes_max) {
      const ssize_t count = read(fd_, bytes.data() + filled, bytes_max - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return std::nullopt;
      if (count == 0) break;
      filled += static_cast<std::size_t>(count);
    }
    bytes.resize(filled);
    return bytes;
  }
  [[nodiscard]] bool Sync() const { return fsync(fd_) == 0; }

 private:
  int fd_;
};

absl::Status WriteSynced(const std::filesystem::path& path, std::string_view bytes) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  if (!file.is_open()) return SystemError(errno, "create", path);
  if (!file.WriteAll(bytes)) return SystemError(errno, "write", path);
  if (!file.Sync()) return SystemError(errno, "sync", path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<StoreKeys> DeriveKeys(std::string_view secret) {
  if (secret.size() != kSecretBytes) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "a store's secret has ", kSecretBytes,
                      " bytes, not ", secret.size());
  }
  StoreKeys keys;
  keys.page_token.resize(32);
  keys.check_value.resize(16);
  const auto bytes_of = [](std::string& text) {
    return std::span(reinterpret_cast<unsigned char*>(text.data()), text.size());
  };
  // The purposes are part of what is on disk: never change one.
  const std::pair<std::string_view, std::span<unsigned char>> purposes[] = {
      {"mailtrail message key 1", keys.message},
      {"mailtrail other message key 1", keys.message_other},
      {"mailtrail term 1", keys.term},
      {"mailtrail fingerprint 1", keys.fingerprint},
      {"mailtrail push key 1", keys.push},
      {"mailtrail page token 1", bytes_of(keys.page_token)},
      {"mailtrail check value 1", bytes_of(keys.check_value)},
  };
  for (const auto& [info, output] : purposes) {
    MT_RETURN_IF_ERROR(Hkdf(std::string(secret), std::string(info), output));
  }
  return keys;
}

absl::StatusOr<std::string> ReadKeyFile(const std::filesystem::path& path) {
  const File file(path, O_RDONLY);
  if (!file.is_open()) return SystemError(errno, "open the key file", path);
  // One byte more than a key and its newline, so that a longer file shows.
  const std::optional<std::string> text = file.ReadUpTo(2 * kSecretBytes + 2);
  if (!text.has_value()) return SystemError(errno, "read the key file", path);
  std::string_view line = *text;
  if (line.ends_with('\n')) line.remove_suffix(1);
  std::optional<std::string> secret = HexDecode(line);
  if (!secret.has_value() || secret->size() != kSecretBytes) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, path.string(),
                      " is no key: it must hold one line of ", 2 * kSecretBytes, " hex digits");
  }
  return *std::move(secret);
}

absl::StatusOr<std::string> CreateKeyFile(const std::filesystem::path& path) {
  std::string secret = RandomBytes(kSecretBytes);
  // Written aside under a name that nobody else has and then linked: the file is there as a whole
  // or not at all, and never in the place of another.
  const std::filesystem::path draft = path.string() + "." + HexEncode(RandomBytes(8)) + ".new";
  absl::Status status = WriteSynced(draft, HexEncode(secret) + "\n");
  if (status.ok() && link(draft.c_str(), path.c_str()) != 0) {
    status = SystemError(errno, "create", path);
  }
  unlink(draft.c_str());
  MT_RETURN_IF_ERROR(status);

  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const File entries(folder, O_RDONLY | O_DIRECTORY);
  if (!entries.is_open() || !entries.Sync()) return SystemError(errno, "sync", folder);
  return secret;
}

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    // Going on with predictable bytes would be worse than stopping.
    std::fputs("the system's random generator does not answer; mailtrail cannot run\n", stderr);
    std::abort();
  }
  return bytes;
}

}  // namespace mailtrail
