#include "ingest/sns/regions.h"

#include <algorithm>
#include <array>

#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

constexpr std::array kPartitions = {
    Partition{"aws", "amazonaws.com", ""},
    Partition{"aws-cn", "amazonaws.com.cn", "cn-"},
    Partition{"aws-us-gov", "amazonaws.com", "us-gov-"},
    Partition{"aws-iso", "c2s.ic.gov", "us-iso-"},
    Partition{"aws-iso-b", "sc2s.sgov.gov", "us-isob-"},
    Partition{"aws-iso-e", "cloud.adc-e.uk", "eu-isoe-"},
    Partition{"aws-iso-f", "csp.hci.ic.gov", "us-isof-"},
    Partition{"aws-eusc", "amazonaws.eu", "eusc-"},
};

// Regions whose certificate is called "sns-signing.<region>.<suffix>".
constexpr std::array<std::string_view, 21> kSigningNameRegions = {
    "af-south-1",      "ap-east-1",      "ap-east-2",      "ap-south-2",     "ap-southeast-3",
    "ap-southeast-4",  "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1",
    "eu-central-2",    "eu-isoe-west-1", "eu-south-1",     "eu-south-2",     "eusc-de-east-1",
    "il-central-1",    "me-central-1",   "me-south-1",     "mx-central-1",   "us-isof-east-1",
    "us-isof-south-1",
};

struct NamedRegion {
  std::string_view region;
  std::string_view certificate_name;
};
constexpr std::array kNamedRegions = {
    NamedRegion{"cn-north-1", "sns-cn-north-1.amazonaws.com.cn"},
    NamedRegion{"cn-northwest-1", "sns-cn-northwest-1.amazonaws.com.cn"},
    NamedRegion{"us-gov-west-1", "sns-us-gov-west-1.amazonaws.com"},
    NamedRegion{"us-gov-east-1", "sns-us-gov-west-1.amazonaws.com"},
    NamedRegion{"us-iso-east-1", "sns-us-iso-east-1.c2s.ic.gov"},
    NamedRegion{"us-isob-east-1", "sns-us-isob-east-1.sc2s.sgov.gov"},
};

}  // namespace

const Partition* FindPartition(std::string_view name) {
  const auto* const found = std::ranges::find(kPartitions, name, &Partition::name);
  return found == kPartitions.end() ? nullptr : found;
}

bool HasRegion(const Partition& partition, std::string_view region) {
  if (!partition.region_prefix.empty()) return region.starts_with(partition.region_prefix);
  return std::ranges::none_of(kPartitions, [&](const Partition& other) {
    return !other.region_prefix.empty() && region.starts_with(other.region_prefix);
  });
}

std::string SnsHost(const Partition& partition, std::string_view region) {
  return Cat("sns.", region, ".", partition.dns_suffix);
}

std::string CertificateName(const Partition& partition, std::string_view region) {
  if (std::ranges::find(kSigningNameRegions, region) != kSigningNameRegions.end()) {
    return Cat("sns-signing.", region, ".", partition.dns_suffix);
  }
  const auto* const named = std::ranges::find(kNamedRegions, region, &NamedRegion::region);
  if (named != kNamedRegions.end()) return std::string(named->certificate_name);
  return Cat("sns.", partition.dns_suffix);
}

}  // namespace mailtrail::ingest::sns
