#include "ingest/sns/regions.h"

#include <array>

#include "gmock/gmock.h"

namespace mailtrail::ingest::sns {
namespace {

struct Row {
  std::string_view partition;
  std::string_view region;
  std::string_view host;
  std::string_view certificate_name;
};

// From aws-sdk-java-v2's SnsHostProvider.java, one of each kind.
constexpr std::array kRows = {
    Row{"aws", "us-east-1", "sns.us-east-1.amazonaws.com", "sns.amazonaws.com"},
    Row{"aws", "eu-central-1", "sns.eu-central-1.amazonaws.com", "sns.amazonaws.com"},
    Row{"aws", "xx-future-9", "sns.xx-future-9.amazonaws.com", "sns.amazonaws.com"},
    Row{"aws", "af-south-1", "sns.af-south-1.amazonaws.com",
        "sns-signing.af-south-1.amazonaws.com"},
    Row{"aws", "eu-central-2", "sns.eu-central-2.amazonaws.com",
        "sns-signing.eu-central-2.amazonaws.com"},
    Row{"aws", "ap-southeast-7", "sns.ap-southeast-7.amazonaws.com",
        "sns-signing.ap-southeast-7.amazonaws.com"},
    Row{"aws-cn", "cn-north-1", "sns.cn-north-1.amazonaws.com.cn",
        "sns-cn-north-1.amazonaws.com.cn"},
    Row{"aws-cn", "cn-northwest-1", "sns.cn-northwest-1.amazonaws.com.cn",
        "sns-cn-northwest-1.amazonaws.com.cn"},
    Row{"aws-us-gov", "us-gov-east-1", "sns.us-gov-east-1.amazonaws.com",
        "sns-us-gov-west-1.amazonaws.com"},
    Row{"aws-us-gov", "us-gov-west-1", "sns.us-gov-west-1.amazonaws.com",
        "sns-us-gov-west-1.amazonaws.com"},
    Row{"aws-iso", "us-iso-east-1", "sns.us-iso-east-1.c2s.ic.gov", "sns-us-iso-east-1.c2s.ic.gov"},
    Row{"aws-iso", "us-iso-west-1", "sns.us-iso-west-1.c2s.ic.gov", "sns.c2s.ic.gov"},
    Row{"aws-iso-b", "us-isob-east-1", "sns.us-isob-east-1.sc2s.sgov.gov",
        "sns-us-isob-east-1.sc2s.sgov.gov"},
    Row{"aws-iso-e", "eu-isoe-west-1", "sns.eu-isoe-west-1.cloud.adc-e.uk",
        "sns-signing.eu-isoe-west-1.cloud.adc-e.uk"},
    Row{"aws-iso-f", "us-isof-south-1", "sns.us-isof-south-1.csp.hci.ic.gov",
        "sns-signing.us-isof-south-1.csp.hci.ic.gov"},
    Row{"aws-eusc", "eusc-de-east-1", "sns.eusc-de-east-1.amazonaws.eu",
        "sns-signing.eusc-de-east-1.amazonaws.eu"},
};

TEST(Regions, HaveTheHostsAndCertificateNamesOfAws) {
  for (const Row& row : kRows) {
    const Partition* const partition = FindPartition(row.partition);
    ASSERT_NE(partition, nullptr) << row.partition;
    EXPECT_TRUE(HasRegion(*partition, row.region)) << row.region;
    EXPECT_EQ(SnsHost(*partition, row.region), row.host);
    EXPECT_EQ(CertificateName(*partition, row.region), row.certificate_name);
  }
}

TEST(Regions, BelongToOnePartition) {
  for (const Row& row : kRows) {
    for (const Row& other : kRows) {
      EXPECT_EQ(HasRegion(*FindPartition(other.partition), row.region),
                row.partition == other.partition)
          << row.region << " in " << other.partition;
    }
  }
}

TEST(Regions, UnknownPartitionsAreNone) {
  EXPECT_EQ(FindPartition("aws-mars"), nullptr);
  EXPECT_EQ(FindPartition(""), nullptr);
}

}  // namespace
}  // namespace mailtrail::ingest::sns
