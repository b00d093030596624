#pragma once

// Calls without stubs, of whatever kind a method is.

#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"

namespace mailtrail::test {

struct RawAnswer {
  bool answered = false;  // With a message; then the status is of no interest.
  std::string bytes;
  ::grpc::Status status;
};

// Sends one message and waits for the first answer, or for the status.
inline RawAnswer CallRaw(const std::shared_ptr<::grpc::Channel>& channel, const std::string& method,
                         const std::string& request) {
  ::grpc::GenericStub stub(channel);
  ::grpc::ClientContext context;
  context.set_wait_for_ready(true);
  ::grpc::CompletionQueue queue;
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  const auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  EXPECT_TRUE(wait());
  const ::grpc::Slice slice(request);
  call->WriteLast(::grpc::ByteBuffer(&slice, 1), ::grpc::WriteOptions(), nullptr);
  (void)wait();  // Fails when the status is faster.
  RawAnswer result;
  ::grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  result.answered = wait();
  if (result.answered) {
    ::grpc::Slice whole;
    EXPECT_TRUE(answer.DumpToSingleSlice(&whole).ok());
    result.bytes.assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
    context.TryCancel();  // A stream would go on.
  }
  call->Finish(&result.status, nullptr);
  (void)wait();
  return result;
}

}  // namespace mailtrail::test
