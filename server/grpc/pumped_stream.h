#pragma once

// A server stream that is filled by pumps, one response in flight: the only place that touches
// gRPC's stream operations. What is sent is the derived class's.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "grpcpp/support/server_callback.h"
#include "server/api/error.h"
#include "server/api/watch.h"
#include "server/grpc/call.h"
#include "server/grpc/stream_gate.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// Made by StartStream, freed once gRPC is done with it. The derived class's hooks are called by one
// thread at a time.
template <typename Response>
class PumpedStream : public ::grpc::ServerWriteReactor<Response>,
                     public Stream,
                     public std::enable_shared_from_this<PumpedStream<Response>> {
 public:
  PumpedStream(Wire& wire, std::string_view method)
      : wire_(wire),
        call_(wire, method),
        age_end_ms_(wire.clock.SteadyMillis() + wire.stream_age_ms) {}

  // Once, before the handler returns.
  void Start() {
    self_ = this->shared_from_this();
    call_.metrics().open_streams().Add(1);
    const absl::Status admitted = wire_.streams.Add(self_);
    Act(admitted.ok() ? gate_.Wake() : gate_.End(admitted));
  }

  // From any thread, as long as the stream is known not to be gone.
  void Wake() { Act(gate_.Wake()); }
  void Close(const absl::Status& why) override { Act(gate_.End(why)); }

 protected:
  using Turn = api::WatchTurn;
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  // One turn, on a pump. An error ends the stream, and so does kEnd, with OK.
  [[nodiscard]] virtual absl::StatusOr<Turn> Next(Response& response) = 0;
  // When Next must be called again after kIdle, in steady milliseconds.
  [[nodiscard]] virtual std::int64_t due() const { return kNever; }
  // What a client is told in the end, made from a reason that came from outside.
  [[nodiscard]] virtual absl::Status EndedBy(absl::Status why) const { return why; }
  // The stream is over: nobody may call Wake once this has returned.
  virtual void Release() {}

  [[nodiscard]] Wire& wire() { return wire_; }

 private:
  void OnWriteDone(bool ok) override { Act(gate_.Written(ok)); }
  void OnCancel() override { Close(absl::CancelledError("the client is gone")); }
  void OnDone() override {
    Release();
    wire_.streams.Remove(this);
    call_.metrics().open_streams().Add(-1);
    auto last = std::move(self_);  // A pump or a timer may hold on a little longer.
  }

  void Act(StreamGate::Action action) {
    switch (action) {
      case StreamGate::Action::kNone:
        break;
      case StreamGate::Action::kPump:
        wire_.pumps.Post([self = this->shared_from_this()] { self->Pump(); });
        break;
      case StreamGate::Action::kFinish:
        this->Finish(call_.End(EndedBy(gate_.outcome())));
        break;
    }
  }

  void Pump() {
    if (wire_.clock.SteadyMillis() >= age_end_ms_) {
      Act(gate_.PumpEnded(
          api::MakeError(v1::ERROR_REASON_DRAINING,
                         "the stream has reached its age: call again, from its cursor")));
      return;
    }
    const absl::StatusOr<Turn> turn = Next(response_);
    if (!turn.ok()) {
      Act(gate_.PumpEnded(turn.status()));
      return;
    }
    switch (*turn) {
      case Turn::kSend:
        this->StartWrite(&response_);  // Borrowed until OnWriteDone.
        break;
      case Turn::kMore:
        Act(gate_.Wake());  // Behind the others that wait for a pump.
        Act(gate_.PumpIdle());
        break;
      case Turn::kIdle:
        ArmTimer();
        Act(gate_.PumpIdle());
        break;
      case Turn::kEnd:
        Act(gate_.PumpEnded(absl::OkStatus()));
        break;
    }
  }

  // One timer a stream: one that rings too early finds nothing due, and is armed again.
  void ArmTimer() {
    if (armed_.exchange(true)) return;
    wire_.pumps.PostAt(std::min(due(), age_end_ms_), [weak = this->weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      self->armed_ = false;
      self->Wake();
    });
  }

  Wire& wire_;
  const Call call_;
  const std::int64_t age_end_ms_;
  StreamGate gate_;
  Response response_;
  std::atomic<bool> armed_ = false;
  std::shared_ptr<PumpedStream> self_;  // Until OnDone.
};

// Makes the stream, starts it, and gives what the handler returns.
template <typename StreamType, typename... Args>
StreamType* StartStream(Args&&... args) {
  const auto stream = std::make_shared<StreamType>(std::forward<Args>(args)...);
  stream->Start();
  return stream.get();
}

}  // namespace mailtrail::server::wire
