#pragma once

#include <memory>
#include <string>

#include "grpcpp/channel.h"

namespace mailtrail::client {

// A plaintext connection to HOST:PORT with mailtrail's settings: pings on an idle connection, and
// without a bound on how many (gRPC's own would stop after two), answers of up to kReceiveBytesMax.
// Share one among all clients of a process.
[[nodiscard]] std::shared_ptr<grpc::Channel> Connect(const std::string& server);

}  // namespace mailtrail::client
