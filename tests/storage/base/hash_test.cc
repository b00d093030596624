#include "storage/base/hash.h"

#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail {
namespace {

// The key and the messages of the authors' own test vectors: bytes that count up from zero
// (github.com/veorq/SipHash, vectors.h).
HashKey ReferenceKey() {
  HashKey key;
  std::iota(key.begin(), key.end(), std::uint8_t{0});
  return key;
}
std::string ReferenceMessage(std::size_t bytes) {
  std::string message(bytes, '\0');
  std::iota(message.begin(), message.end(), '\0');
  return message;
}
std::string Hex128(const KeyedHash& hash, std::string_view bytes) {
  const std::array<char, 16> output = hash.Hash128(bytes);
  return HexEncode({output.data(), output.size()});
}

// Hashes stand in keys on disk: a changed value is a lost store.
TEST(KeyedHash, GivesTheValuesOfSipHashsAuthors) {
  const KeyedHash hash(ReferenceKey());
  EXPECT_EQ(hash.Hash64(ReferenceMessage(15)), 0xa129ca6149be45e5U) << "the paper's appendix A";
  EXPECT_EQ(hash.Hash64(""), 0x726fdb47dd0e0e31U);
  EXPECT_EQ(Hex128(hash, ""), "a3817f04ba25a8e66df67214c7550293");
  EXPECT_EQ(Hex128(hash, ReferenceMessage(15)), "5493e99933b0a8117e08ec0f97cfc3d9");
}

// One context serves all keys and both sizes of a thread: nothing of the last use may stay.
TEST(KeyedHash, UsesDoNotDisturbEachOther) {
  HashKey other_key = ReferenceKey();
  other_key[0] ^= 1;
  const KeyedHash hash(ReferenceKey());
  const KeyedHash other(other_key);
  const std::uint64_t expected = other.Hash64("a");
  EXPECT_NE(hash.Hash64("a"), expected);
  EXPECT_NE(Hex128(hash, "a"), Hex128(other, "a"));
  EXPECT_EQ(other.Hash64("a"), expected);
  EXPECT_EQ(hash.Hash64(ReferenceMessage(15)), 0xa129ca6149be45e5U);
}

TEST(KeyedHash, IsTheSameOnEveryThread) {
  const KeyedHash hash(ReferenceKey());
  std::vector<std::uint64_t> values(4);
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t& value : values) {
      threads.emplace_back([&] {
        for (int i = 0; i < 1'000; ++i) value = hash.Hash64(ReferenceMessage(15));
      });
    }
  }
  for (const std::uint64_t value : values) EXPECT_EQ(value, 0xa129ca6149be45e5U);
}

}  // namespace
}  // namespace mailtrail
