#pragma once

#include "google/protobuf/message.h"

namespace mailtrail::test {

// Sets every field of the message to an example, messages inside it too; of a oneof the last case.
// The same example each time. Numbers of 64 bits are larger than JavaScript can count.
void FillWithExamples(google::protobuf::Message& message);

// As proto3 JSON with lines, every plain field printed: what the CLI and most clients show.
[[nodiscard]] std::string ToJson(const google::protobuf::Message& message);

}  // namespace mailtrail::test
