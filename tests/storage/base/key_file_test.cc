#include "storage/base/key_file.h"

#include <filesystem>
#include <numeric>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail {
namespace {

namespace fs = std::filesystem;
using test::IsOkAndHolds;
using test::ReadFile;
using test::StatusIs;
using test::TempDir;
using test::WriteFile;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Hex(const HashKey& key) {
  return HexEncode({reinterpret_cast<const char*>(key.data()), key.size()});
}

// Made with Python's hmac, after RFC 5869. Everything in a store depends on these values.
TEST(DeriveKeys, GoldenValues) {
  std::string secret(32, '\0');
  std::iota(secret.begin(), secret.end(), '\0');
  MT_ASSERT_OK_AND_ASSIGN(const StoreKeys keys, DeriveKeys(secret));
  EXPECT_EQ(Hex(keys.message), "81f5b0308cb275d3accdfe9fc7073327");
  EXPECT_EQ(Hex(keys.message_other), "f70199e9cec5bdd39bec9dd5529be690");
  EXPECT_EQ(Hex(keys.term), "40ff36198a22214f7720fb3624abf8ea");
  EXPECT_EQ(Hex(keys.fingerprint), "4b04e68088b2d583a05245ecdffdc9df");
  EXPECT_EQ(Hex(keys.push), "27faae70d4727936faee4bc1334aee51");
  EXPECT_EQ(HexEncode(keys.page_token),
            "9cbffc7ec28abebb041e067a2316ff8166525caf0df6b7c951d11119a8306cda");
  EXPECT_EQ(HexEncode(keys.check_value), "9484f236adbdbb2a333083af94505342");
}

TEST(DeriveKeys, RefusesASecretOfAnotherSize) {
  EXPECT_THAT(DeriveKeys(std::string(31, 'k')),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("32 bytes, not 31")));
}

TEST(KeyFile, HoldsWhatWasCreated) {
  const TempDir folder;
  const fs::path path = folder.path() / "key";
  MT_ASSERT_OK_AND_ASSIGN(const std::string secret, CreateKeyFile(path));
  EXPECT_THAT(secret, SizeIs(32));
  EXPECT_THAT(ReadKeyFile(path), IsOkAndHolds(secret));
  EXPECT_EQ(ReadFile(path), HexEncode(secret) + "\n");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "the draft is gone";
}

TEST(KeyFile, IsNeverOverwritten) {
  const TempDir folder;
  const fs::path path = folder.path() / "key";
  WriteFile(path, "precious");
  EXPECT_THAT(CreateKeyFile(path),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(path.string())));
  EXPECT_EQ(ReadFile(path), "precious");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "the draft is gone";
}

TEST(KeyFile, SaysWhatIsMissing) {
  const TempDir folder;
  EXPECT_THAT(ReadKeyFile(folder.path() / "key"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("No such file")));
  EXPECT_THAT(CreateKeyFile(folder.path() / "no" / "key"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ReadKeyFile(folder.path()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(KeyFile, RefusesWhatIsNoKey) {
  const TempDir folder;
  const fs::path path = folder.path() / "key";
  const std::string good(64, 'a');
  for (const std::string& text :
       {std::string(), std::string("\n"), good.substr(1), good + "a", good + "aa\n", good + "\n\n",
        good.substr(1) + "g\n", " " + good, "-----BEGIN PRIVATE KEY-----" + good}) {
    WriteFile(path, text);
    EXPECT_THAT(ReadKeyFile(path),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("64 hex digits")))
        << text;
  }
  WriteFile(path, good);
  EXPECT_THAT(ReadKeyFile(path), IsOkAndHolds(std::string(32, '\xaa')));
}

TEST(RandomBytes, AreAsManyAsAskedAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string bytes = RandomBytes(16);
    ASSERT_THAT(bytes, SizeIs(16));
    EXPECT_TRUE(seen.insert(bytes).second);
  }
}

}  // namespace
}  // namespace mailtrail
