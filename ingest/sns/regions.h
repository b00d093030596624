#pragma once

// What AWS's partitions and regions call things. From aws-sdk-java-v2's SnsHostProvider.java and,
// for af-south-1, from a certificate that the region really serves.

#include <string>
#include <string_view>

namespace mailtrail::ingest::sns {

// A separate AWS: its regions, accounts and domain names are its own.
struct Partition {
  std::string_view name;        // As in an ARN: "aws-cn".
  std::string_view dns_suffix;  // "amazonaws.com.cn".
  std::string_view
      region_prefix;  // How its regions' names begin, and no other partition's; "" in aws.
};

// Null for a name that is none. The result lives for ever.
[[nodiscard]] const Partition* FindPartition(std::string_view name);

// Whether a region's name belongs to the partition: "cn-north-1" is of aws-cn alone.
[[nodiscard]] bool HasRegion(const Partition& partition, std::string_view region);

// "sns.eu-west-1.amazonaws.com": the host that serves a region's SNS and its signing certificates.
[[nodiscard]] std::string SnsHost(const Partition& partition, std::string_view region);

// The name that a region's signing certificate bears. Most regions share "sns.amazonaws.com"; those
// that must be opted into, and the other partitions, have names of their own.
[[nodiscard]] std::string CertificateName(const Partition& partition, std::string_view region);

}  // namespace mailtrail::ingest::sns
