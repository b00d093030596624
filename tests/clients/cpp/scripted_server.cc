#include "tests/clients/cpp/scripted_server.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail::test {
namespace {

std::string CursorOf(int place) { return Cat("c", place); }

// Where a request starts; -1 for a cursor that is none.
int PlaceOf(const v1::WatchEventsRequest& request, int head) {
  if (request.has_cursor()) {
    for (int place = 0; place <= head; ++place) {
      if (request.cursor() == CursorOf(place)) return place;
    }
    return -1;
  }
  return request.position() == v1::WatchEventsRequest::POSITION_OLDEST ? 0 : head;
}

}  // namespace

grpc::Status Refusal(grpc::StatusCode code, const std::string& reason, const std::string& key,
                     const std::string& value) {
  google::rpc::ErrorInfo info;
  info.set_domain("mailtrail");
  info.set_reason(reason);
  if (!key.empty()) (*info.mutable_metadata())[key] = value;
  google::rpc::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(info);
  return {code, "a sentence", details.SerializeAsString()};
}

void ScriptedService::SetHistory(int events) {
  MutexLock lock(mu_);
  history_ = events;
}

void ScriptedService::Plan(StreamPlan plan) {
  MutexLock lock(mu_);
  plans_.push_back(std::move(plan));
}

std::vector<v1::WatchEventsRequest> ScriptedService::requests() const {
  MutexLock lock(mu_);
  return requests_;
}

void ScriptedService::WaitForStreams(std::size_t count) const {
  MutexLock lock(mu_);
  while (requests_.size() < count) opened_.Wait(mu_);
}

void ScriptedService::SetAnswerBytes(std::size_t bytes) {
  MutexLock lock(mu_);
  answer_bytes_ = bytes;
}

void ScriptedService::SetStatus(grpc::Status status) {
  MutexLock lock(mu_);
  status_ = std::move(status);
}

void ScriptedService::HoldCalls() {
  MutexLock lock(mu_);
  hold_calls_ = true;
}

grpc::Status ScriptedService::StaySilent(const grpc::ServerContext& context) {
  // gRPC's synchronous server tells of a cancelled call only to those who ask.
  Mutex mu;
  CondVar never;
  MutexLock lock(mu);
  while (!context.IsCancelled()) never.WaitFor(mu, std::chrono::milliseconds(5));
  return grpc::Status::CANCELLED;
}

grpc::Status ScriptedService::WatchEvents(grpc::ServerContext* context,
                                          const v1::WatchEventsRequest* request,
                                          grpc::ServerWriter<v1::WatchEventsResponse>* writer) {
  StreamPlan plan = {.silent = !request->stop_at_head()};
  int head = 0;
  {
    MutexLock lock(mu_);
    head = history_;
    if (!plans_.empty()) {
      plan = plans_.front();
      plans_.pop_front();
    }
    requests_.push_back(*request);
    opened_.NotifyAll();
  }
  int place = PlaceOf(*request, head);
  if (place < 0) return Refusal(grpc::StatusCode::INVALID_ARGUMENT, "CURSOR_MALFORMED");
  v1::WatchEventsResponse response;
  response.set_cursor(CursorOf(place));
  if (plan.answers) writer->Write(response);
  const int last = std::min(head, place + std::min(plan.events, head));
  while (place < last) {
    response.clear_events();
    for (int i = 0; i < plan.batch && place < last; ++i) {
      v1::Event& event = *response.add_events();
      event.set_id(Cat("e", ++place));
      event.set_cursor(CursorOf(place));
    }
    response.set_cursor(CursorOf(place));
    writer->Write(response);
  }
  response.clear_events();
  for (int i = 0; i < plan.progress; ++i) writer->Write(response);
  return plan.silent ? StaySilent(*context) : plan.end;
}

grpc::Status ScriptedService::ListEvents(grpc::ServerContext* /*context*/,
                                         const v1::ListEventsRequest* /*request*/,
                                         v1::ListEventsResponse* response) {
  MutexLock lock(mu_);
  if (answer_bytes_ > 0) response->add_events()->set_raw(std::string(answer_bytes_, 'x'));
  return status_;
}

grpc::Status ScriptedService::GetEvent(grpc::ServerContext* context,
                                       const v1::GetEventRequest* request,
                                       v1::GetEventResponse* response) {
  bool hold = false;
  {
    MutexLock lock(mu_);
    hold = hold_calls_;
  }
  if (hold) return StaySilent(*context);
  response->mutable_event()->set_id(request->id());
  MutexLock lock(mu_);
  return status_;
}

void ScriptedServer::Start() {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(Cat("127.0.0.1:", port_), grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) ADD_FAILURE() << "cannot listen on " << address();
}

void ScriptedServer::Stop() {
  if (server_ == nullptr) return;
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
  server_.reset();
}

std::string ScriptedServer::address() const { return Cat("127.0.0.1:", port_); }

}  // namespace mailtrail::test
