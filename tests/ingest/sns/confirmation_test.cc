#include "ingest/sns/confirmation.h"

#include "gmock/gmock.h"

namespace mailtrail::ingest::sns {
namespace {

TEST(Confirmation, GoesToTheTopicsRegion) {
  EXPECT_EQ(
      ConfirmationUrl(*ParseTopicArn("arn:aws:sns:us-east-1:123456789012:ses-events"), "2336"),
      "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription"
      "&TopicArn=arn:aws:sns:us-east-1:123456789012:ses-events&Token=2336");
  EXPECT_EQ(ConfirmationUrl(*ParseTopicArn("arn:aws-cn:sns:cn-north-1:123456789012:t"), "ab"),
            "https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription"
            "&TopicArn=arn:aws-cn:sns:cn-north-1:123456789012:t&Token=ab");
}

}  // namespace
}  // namespace mailtrail::ingest::sns
