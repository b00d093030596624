#include "tests/bench/rsa.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <string>

#include "tests/bench/cpu_time.h"

namespace mailtrail::bench {
namespace {

constexpr int kRounds = 30'000;
constexpr std::size_t kTextBytes = 1'500;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

double RsaVerifyMicros() {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  const std::string text(kTextBytes, 'x');
  std::string signature(256, '\0');
  std::size_t signature_bytes = signature.size();
  EVP_MD_CTX* signing = EVP_MD_CTX_new();
  EVP_DigestSignInit(signing, nullptr, EVP_sha256(), nullptr, key);
  EVP_DigestSign(signing, reinterpret_cast<unsigned char*>(signature.data()), &signature_bytes,
                 Bytes(text), text.size());
  EVP_MD_CTX_free(signing);
  const double start = CpuSeconds();
  for (int i = 0; i < kRounds; ++i) {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
    const int good =
        EVP_DigestVerify(context, Bytes(signature), signature.size(), Bytes(text), text.size());
    EVP_MD_CTX_free(context);
    if (good != 1) std::abort();
  }
  const double micros = (CpuSeconds() - start) * 1e6 / kRounds;
  EVP_PKEY_free(key);
  return micros;
}

}  // namespace mailtrail::bench
