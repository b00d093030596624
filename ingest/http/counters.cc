#include "ingest/http/counters.h"

#include <algorithm>

namespace mailtrail::ingest::http {

Counters::Counters(MetricRegistry& registry, const std::string& listener)
    : by_status_(), by_refusal_() {
  const MetricLabels labels = {{"listener", listener}};
  open_ = &registry.GetGauge("mailtrail_http_connections_open", "Open connections.", labels);
  opened_ = &registry.GetCounter("mailtrail_http_connections_total",
                                 "Connections that were accepted.", labels);
  received_ = &registry.GetCounter("mailtrail_http_received_bytes_total",
                                   "Bytes of requests, with their heads.", labels);
  const auto responses = [&](const std::string& status) {
    return &registry.GetCounter("mailtrail_http_requests_total", "Responses by status.",
                                {{"listener", listener}, {"status", status}});
  };
  std::transform(kStatuses.begin(), kStatuses.end(), by_status_.begin(),
                 [&](int status) { return responses(std::to_string(status)); });
  other_ = responses("other");
  for (std::size_t i = 0; i < kRefusals; ++i) {
    by_refusal_[i] = &registry.GetCounter(
        "mailtrail_http_refusals_total", "Requests that the listener itself answered.",
        {{"listener", listener}, {"reason", std::string(TextOf(static_cast<Refusal>(i)).reason)}});
  }
}

void Counters::Opened() {
  open_->Add(1);
  opened_->Increment();
}

void Counters::Closed() { open_->Add(-1); }

void Counters::Answered(int status) {
  const auto* const found = std::find(kStatuses.begin(), kStatuses.end(), status);
  (found == kStatuses.end() ? other_ : by_status_[found - kStatuses.begin()])->Increment();
}

void Counters::Received(std::size_t bytes) { received_->Add(static_cast<double>(bytes)); }

void Counters::Refused(Refusal refusal) {
  by_refusal_[static_cast<std::size_t>(refusal)]->Increment();
}

}  // namespace mailtrail::ingest::http
