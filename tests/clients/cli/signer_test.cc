#include "clients/cli/demo/signer.h"

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::demo {
namespace {

namespace fs = std::filesystem;
using test::StatusIs;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

constexpr UnixMillis kNow{1'795'168'800'000};
constexpr char kTopic[] = "arn:aws:sns:eu-west-1:123456789012:mailtrail-demo";

std::vector<fs::path> Certificates(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".pem") files.push_back(entry.path());
  }
  return files;
}

TEST(Signer, MakesAKeyAndACertificateNamedAsSnsNamesThem) {
  const test::TempDir folder;
  ASSERT_OK(Signer::Open(folder.path() / "certs", kNow).status()) << "makes the folder";
  const auto certificates = Certificates(folder.path() / "certs");
  ASSERT_THAT(certificates, SizeIs(1));
  EXPECT_THAT(certificates.front().filename().string(),
              MatchesRegex("SimpleNotificationService-[0-9a-f]{32}\\.pem"));
  EXPECT_THAT(test::ReadFile(certificates.front()), HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_EQ(fs::status(folder.path() / "certs" / "demo.key").permissions(), fs::perms(0600));
}

TEST(Signer, TakesTheSameKeyTheNextTime) {
  const test::TempDir folder;
  const auto first = Signer::Open(folder.path(), kNow);
  ASSERT_OK(first.status());
  const auto second = Signer::Open(folder.path(), {kNow.value + 1'000});
  ASSERT_OK(second.status());
  EXPECT_THAT(Certificates(folder.path()), SizeIs(1));
  EXPECT_EQ((*first)->Notification(kTopic, "text", kNow, 1),
            (*second)->Notification(kTopic, "text", kNow, 1))
      << "PKCS#1 signatures of one key and text are equal";
  const test::TempDir other;
  const auto third = Signer::Open(other.path(), kNow);
  ASSERT_OK(third.status());
  EXPECT_NE((*first)->Notification(kTopic, "text", kNow, 1),
            (*third)->Notification(kTopic, "text", kNow, 1));
}

TEST(Signer, ANotificationNamesItsTopicsRegionAndItsCertificate) {
  const test::TempDir folder;
  const auto signer = Signer::Open(folder.path(), kNow);
  ASSERT_OK(signer.status());
  const auto push = nlohmann::json::parse((*signer)->Notification(kTopic, "{\"a\":1}\n", kNow, 7));
  EXPECT_EQ(push["Type"], "Notification");
  EXPECT_EQ(push["TopicArn"], kTopic);
  EXPECT_EQ(push["Message"], "{\"a\":1}\n");
  EXPECT_EQ(push["Timestamp"], "2026-11-20T10:00:00.000Z");
  EXPECT_EQ(push["SignatureVersion"], "2");
  EXPECT_EQ(push["SigningCertURL"], Cat("https://sns.eu-west-1.amazonaws.com/",
                                        Certificates(folder.path()).front().filename().string()));
  const auto next = nlohmann::json::parse((*signer)->Notification(kTopic, "x", kNow, 8));
  EXPECT_NE(push["MessageId"], next["MessageId"]);
}

TEST(Signer, SaysWhatToDoAboutADamagedKeyOrALostCertificate) {
  const test::TempDir folder;
  ASSERT_OK(Signer::Open(folder.path(), kNow).status());
  const std::string key = test::ReadFile(folder.path() / "demo.key");
  test::WriteFile(folder.path() / "demo.key", key.substr(0, key.size() / 2));
  EXPECT_THAT(Signer::Open(folder.path(), kNow),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("remove it")));
  test::WriteFile(folder.path() / "demo.key", key);
  fs::remove(Certificates(folder.path()).front());
  EXPECT_THAT(Signer::Open(folder.path(), kNow),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("remove it")));
}

TEST(Signer, SaysWhichFolderCannotBeWritten) {
  const test::TempDir folder;
  test::WriteFile(folder.path() / "file", "");
  EXPECT_THAT(Signer::Open(folder.path() / "file" / "certs", kNow),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--signing-cert-dir")));
}

}  // namespace
}  // namespace mailtrail::demo
