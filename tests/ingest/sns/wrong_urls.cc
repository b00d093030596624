#include "tests/ingest/sns/wrong_urls.h"

#include <string_view>

#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

constexpr std::string_view kFile = "SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.pem";

}  // namespace

std::vector<std::string> WrongCertificateUrls() {
  const std::string host = "sns.us-east-1.amazonaws.com";
  const std::string good = Cat("https://", host, "/", kFile);
  std::vector<std::string> urls = {
      "",
      Cat("http://", host, "/", kFile),
      Cat("//", host, "/", kFile),
      Cat("HTTPS://", host, "/", kFile),
      Cat("https://SNS.us-east-1.amazonaws.com/", kFile),
      Cat("https://", host, "./", kFile),
      Cat("https://", host, ".evil.tld/", kFile),
      Cat("https://evil-", host, "/", kFile),
      Cat("https://", host, "@evil.tld/", kFile),
      Cat("https://evil.tld/", host, "/", kFile),
      Cat("https://user@", host, "/", kFile),
      Cat("https://", host, ":443/", kFile),
      Cat("https://", host, ":8443/", kFile),
      Cat(good, "#"),
      Cat(good, "?"),
      Cat(good, ";"),
      Cat(good, "%00"),
      Cat(good, "\n"),
      Cat(good, std::string(1, '\0')),
      Cat(good, " "),
      Cat(" ", good),
      Cat("\r\n", good),
      Cat("https://", host, "/#", kFile),
      Cat("https://", host, "/?x=", kFile),
      Cat("https://", host, "/?Action=GetTopicAttributes&x=", kFile),
      Cat("https://", host, "\\", kFile),
      Cat("https://", host, "\\@evil.tld/", kFile),
      Cat("https://", host, "/../", kFile),
      Cat("https://", host, "/a/", kFile),
      Cat("https://", host, "//", kFile),
      Cat("https://", host, "/./", kFile),
      Cat("https://", host, "/%2e/", kFile),
      Cat("https://s3.amazonaws.com/b/", kFile),
      Cat("https://b.s3.amazonaws.com/", kFile),
      Cat("https://sns.s3-us-west-2.amazonaws.com/", kFile),
      Cat("https://sns.us-east-2.amazonaws.com/", kFile),
      Cat("https://sns.us-east-1.amazonaws.com.cn/", kFile),
      Cat("https://sns.us-east-1.amazonaws.eu/", kFile),
      Cat("https://sns.amazonaws.com/", kFile),
      Cat("https://sns.us-east-1.api.aws/", kFile),
      Cat("https://snsxus-east-1.amazonaws.com/", kFile),
      // A Cyrillic s, a full-width dot.
      Cat("https://\xD1\x95ns.us-east-1.amazonaws.com/", kFile),
      Cat("https://sns\xEF\xBC\x8Eus-east-1.amazonaws.com/", kFile),
      Cat("https://xn--ns-smc.us-east-1.amazonaws.com/", kFile),
      Cat("https://127.0.0.1/", kFile),
      Cat("https://[::1]/", kFile),
      Cat("https://2130706433/", kFile),
      Cat("https://0177.0.0.1/", kFile),
      Cat("https://169.254.169.254/", kFile),
      Cat("https://localhost/", kFile),
      Cat("file:///", kFile),
      Cat("gopher://", host, "/", kFile),
      Cat("https://", host, "/"),
      Cat("https://", host, "/SimpleNotificationService-.pem"),
      Cat("https://", host, "/SimpleNotificationService-7506A1E35B36EF5A444DD1A8E7CC3ED8.pem"),
      Cat("https://", host, "/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed.pem"),
      Cat("https://", host, "/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed80.pem"),
      Cat("https://", host, "/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3edg.pem"),
      Cat("https://", host, "/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.PEM"),
      Cat("https://", host, "/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8xpem"),
      Cat("https://", host, "/simpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.pem"),
      Cat(good, std::string(10'000, 'x')),
  };
  return urls;
}

}  // namespace mailtrail::ingest::sns
