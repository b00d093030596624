#pragma once

#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace mailtrail::test {

// Fails the test unless `json` has just the members that proto3 JSON with plain fields printed has
// for `message`: each field without presence, also 0, false, "" and []; each one with presence
// (optional, a message, a case of a oneof) only where it is set. 64-bit integers are texts.
void ExpectShape(const google::protobuf::Message& message, const nlohmann::json& json);

}  // namespace mailtrail::test
