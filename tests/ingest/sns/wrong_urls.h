#pragma once

#include <string>
#include <vector>

namespace mailtrail::ingest::sns {

// What a forger puts into SigningCertURL for a topic of us-east-1. Each holds the file name of a
// real certificate where it can, so that one thing alone is wrong with it.
[[nodiscard]] std::vector<std::string> WrongCertificateUrls();

}  // namespace mailtrail::ingest::sns
