#include "storage/base/hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace mailtrail {
namespace {

struct MacContextFree {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, MacContextFree>;

// A process without SipHash can neither find nor store anything, and no caller could go on with a
// wrong hash.
[[noreturn]] void DieWithoutSipHash() {
  std::fputs("OpenSSL's default provider does not offer SIPHASH; mailtrail cannot run\n", stderr);
  std::abort();
}

MacContext NewContext(std::size_t output_bytes) {
  EVP_MAC* mac = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_SIPHASH, nullptr);
  MacContext context(mac == nullptr ? nullptr : EVP_MAC_CTX_new(mac));
  EVP_MAC_free(mac);  // The context holds on to it.
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &output_bytes),
                               OSSL_PARAM_construct_end()};
  if (context == nullptr || EVP_MAC_CTX_set_params(context.get(), params) != 1) {
    DieWithoutSipHash();
  }
  return context;
}

// One context a thread and output size: fetching and allocating would cost ten times the hash.
template <std::size_t kOutputBytes>
std::array<char, kOutputBytes> SipHash(const HashKey& key, std::string_view bytes) {
  thread_local const MacContext context = NewContext(kOutputBytes);
  std::array<char, kOutputBytes> output;
  std::size_t written = 0;
  if (EVP_MAC_init(context.get(), key.data(), key.size(), nullptr) != 1 ||
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size()) != 1 ||
      EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(output.data()), &written,
                    output.size()) != 1 ||
      written != kOutputBytes) {
    DieWithoutSipHash();
  }
  return output;
}

}  // namespace

std::uint64_t KeyedHash::Hash64(std::string_view bytes) const {
  const std::array<char, 8> output = SipHash<8>(key_, bytes);
  std::uint64_t value = 0;
  for (std::size_t i = output.size(); i-- > 0;) {
    value = (value << 8) | static_cast<unsigned char>(output[i]);
  }
  return value;
}

std::array<char, 16> KeyedHash::Hash128(std::string_view bytes) const {
  return SipHash<16>(key_, bytes);
}

}  // namespace mailtrail
