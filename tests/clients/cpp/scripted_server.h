#pragma once

// A gRPC server that does what a test says, and breaks when it says so.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/server.h"
#include "mailtrail/v1/event_service.grpc.pb.h"
#include "storage/base/mutex.h"

namespace mailtrail::test {

// What one WatchEvents stream does: a first response without events, then so many events, then an
// end. Events past the end of the history are not there to be sent.
struct StreamPlan {
  int events = 1 << 20;
  int batch = 1;
  // Responses without events behind the events.
  int progress = 0;
  // Whether the first response comes at all.
  bool answers = true;
  // Nothing comes any more, until the client cancels; then `end` does not count.
  bool silent = false;
  grpc::Status end;
};

// With ErrorInfo, as mailtrail's server gives it.
[[nodiscard]] grpc::Status Refusal(grpc::StatusCode code, const std::string& reason,
                                   const std::string& key = "", const std::string& value = "");

// Thread-safe. The history is the events "e1", "e2", ... with the cursors "c1", "c2", ...: "c0" is
// the place before all of them.
class ScriptedService final : public v1::EventService::Service {
 public:
  // Streams follow the plans in their order; those after the last one send all and stay silent, or
  // end at the head when they were asked to.
  void SetHistory(int events);
  void Plan(StreamPlan plan);
  // What was asked of the streams so far.
  [[nodiscard]] std::vector<v1::WatchEventsRequest> requests() const;
  void WaitForStreams(std::size_t count) const;
  // Unary calls: ListEvents answers with so many bytes; GetEvent, if it was told to, not before
  // the client has given up.
  void SetAnswerBytes(std::size_t bytes);
  void SetStatus(grpc::Status status);
  void HoldCalls();

  grpc::Status WatchEvents(grpc::ServerContext* context, const v1::WatchEventsRequest* request,
                           grpc::ServerWriter<v1::WatchEventsResponse>* writer) override;
  grpc::Status ListEvents(grpc::ServerContext* context, const v1::ListEventsRequest* request,
                          v1::ListEventsResponse* response) override;
  grpc::Status GetEvent(grpc::ServerContext* context, const v1::GetEventRequest* request,
                        v1::GetEventResponse* response) override;

 private:
  // Waits until the client has cancelled or the server stops.
  static grpc::Status StaySilent(const grpc::ServerContext& context);

  mutable Mutex mu_;
  mutable CondVar opened_;
  int history_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<StreamPlan> plans_ ABSL_GUARDED_BY(mu_);
  std::vector<v1::WatchEventsRequest> requests_ ABSL_GUARDED_BY(mu_);
  std::size_t answer_bytes_ ABSL_GUARDED_BY(mu_) = 0;
  grpc::Status status_ ABSL_GUARDED_BY(mu_);
  bool hold_calls_ ABSL_GUARDED_BY(mu_) = false;
};

// Serves a service on a port that stays the same when it is started again.
class ScriptedServer {
 public:
  explicit ScriptedServer(ScriptedService& service) : service_(service) { Start(); }
  ~ScriptedServer() { Stop(); }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  void Start();
  // Streams end with UNAVAILABLE at the client.
  void Stop();
  [[nodiscard]] std::string address() const;

 private:
  ScriptedService& service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace mailtrail::test
