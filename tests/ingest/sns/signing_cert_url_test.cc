#include "ingest/sns/signing_cert_url.h"

#include <string>

#include "gmock/gmock.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/wrong_urls.h"

namespace mailtrail::ingest::sns {
namespace {

constexpr std::string_view kFile = "SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.pem";

TEST(SigningCertUrl, IsThatOfTheTopicsRegion) {
  const struct {
    std::string_view topic;
    std::string_view host;
  } rows[] = {
      {"arn:aws:sns:us-east-1:123456789012:t", "sns.us-east-1.amazonaws.com"},
      {"arn:aws:sns:af-south-1:123456789012:t", "sns.af-south-1.amazonaws.com"},
      {"arn:aws-cn:sns:cn-north-1:123456789012:t", "sns.cn-north-1.amazonaws.com.cn"},
      {"arn:aws-us-gov:sns:us-gov-west-1:123456789012:t", "sns.us-gov-west-1.amazonaws.com"},
      {"arn:aws-eusc:sns:eusc-de-east-1:123456789012:t", "sns.eusc-de-east-1.amazonaws.eu"},
  };
  for (const auto& row : rows) {
    for (const auto& other : rows) {
      const std::string url = Cat("https://", other.host, "/", kFile);
      const auto file = SigningCertFile(*ParseTopicArn(row.topic), url);
      EXPECT_EQ(file.has_value(), &row == &other) << row.topic << " " << url;
      EXPECT_EQ(file.value_or(kFile), kFile);
    }
  }
}

TEST(SigningCertUrl, RefusesEveryOtherUrl) {
  const auto topic = ParseTopicArn("arn:aws:sns:us-east-1:123456789012:ses-events");
  for (const std::string& url : WrongCertificateUrls()) {
    EXPECT_FALSE(SigningCertFile(*topic, url)) << url;
  }
}

TEST(SigningCertUrl, NamesHostsThatAwsMayUseOneDay) {
  const auto topic = ParseTopicArn("arn:aws:sns:us-east-1:123456789012:ses-events");
  const auto describe = [&](std::string_view host) {
    return DescribeRefusedUrl(*topic, Cat("https://", host, "/", kFile));
  };
  EXPECT_EQ(describe("sns.us-east-1.api.aws"), "unknown host of AWS");
  EXPECT_EQ(describe("sns-fips.us-east-1.api.aws"), "unknown host of AWS");
  EXPECT_EQ(describe("sns.us-east-2.amazonaws.com"), "not a certificate of the topic's region");
}

}  // namespace
}  // namespace mailtrail::ingest::sns
