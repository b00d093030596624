#include "storage/base/codec.h"

#include <limits>
#include <random>

#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail {
namespace {

// The bytes are on disk: changing them is a migration.
TEST(Codec, GoldenBytes) {
  std::string out;
  AppendU8(out, 0x01);
  AppendU16(out, 0x0203);
  AppendU32(out, 0x04050607);
  AppendU48(out, 0x08090a0b0c0d);
  AppendU64(out, 0x0e0f101112131415);
  EXPECT_EQ(HexEncode(out), "0102030405060708090a0b0c0d0e0f101112131415");
}

TEST(Codec, BytesCompareAsNumbersDo) {
  std::mt19937_64 rng(1);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t a = rng() >> (rng() % 64);
    const std::uint64_t b = rng() >> (rng() % 64);
    std::string bytes_a;
    std::string bytes_b;
    AppendU64(bytes_a, a);
    AppendU64(bytes_b, b);
    ASSERT_EQ(a < b, bytes_a < bytes_b) << a << " " << b;
  }
}

TEST(Reader, ReadsWhatWasAppended) {
  std::string out;
  AppendU8(out, 0xFF);
  AppendU16(out, 0xFFFE);
  AppendU32(out, 0xFFFF'FFFD);
  AppendU48(out, 0xFFFF'FFFF'FFFC);
  AppendU64(out, std::numeric_limits<std::uint64_t>::max());
  out += "tail";
  Reader reader(out);
  EXPECT_EQ(reader.U8(), 0xFF);
  EXPECT_EQ(reader.U16(), 0xFFFE);
  EXPECT_EQ(reader.U32(), 0xFFFF'FFFD);
  EXPECT_EQ(reader.U48(), 0xFFFF'FFFF'FFFC);
  EXPECT_EQ(reader.U64(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(reader.Bytes(2), "ta");
  EXPECT_TRUE(reader.ok());
  EXPECT_FALSE(reader.AtEnd());
  EXPECT_EQ(reader.Rest(), "il");
  EXPECT_EQ(reader.Bytes(2), "il");
  EXPECT_TRUE(reader.AtEnd());
}

TEST(Reader, StaysBrokenPastTheEnd) {
  Reader reader("abc");
  EXPECT_EQ(reader.U32(), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.U8(), 0U) << "the three bytes that were there are not handed out any more";
  EXPECT_EQ(reader.Bytes(1), "");
  EXPECT_FALSE(reader.AtEnd());
}

}  // namespace
}  // namespace mailtrail
