#include "clients/cli/demo/pusher.h"

#include <algorithm>
#include <chrono>
#include <queue>
#include <thread>
#include <vector>

#include "clients/cli/demo/life_cycle.h"
#include "clients/cli/demo/sender.h"
#include "storage/base/status.h"

namespace mailtrail::demo {
namespace {

// How long to wait before anything is looked at again: a stop, a due event, a server that is away.
constexpr std::int64_t kNapMs = 50;
constexpr std::int64_t kRetryMs = 500;
constexpr std::int64_t kProgressMs = 1'000;

struct Later {
  bool operator()(const DemoEvent& a, const DemoEvent& b) const { return a.time > b.time; }
};

void Nap(std::int64_t ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

class Play {
 public:
  Play(const PusherOptions& options, const Signer& signer, const Clock& clock,
       const std::atomic<bool>& stop, const std::function<void(const PusherReport&)>& progress)
      : options_(options),
        signer_(signer),
        clock_(clock),
        stop_(stop),
        progress_(progress),
        start_ms_(clock.SteadyMillis()),
        told_ms_(start_ms_),
        cycles_(options.seed),
        sender_(options.endpoint) {}

  absl::StatusOr<PusherReport> Run() {
    while (!stop_) {
      Begin(clock_.SteadyMillis() - start_ms_);
      Tell();
      if (due_.empty()) {
        if (Exhausted()) break;
        Nap(kNapMs);
        continue;
      }
      if (options_.rate > 0 && due_.top().time > clock_.Now()) {
        Nap(std::clamp(due_.top().time.value - clock_.Now().value, std::int64_t{1}, kNapMs));
        continue;
      }
      MT_RETURN_IF_ERROR(Send(due_.top()));
      due_.pop();
    }
    return report_;
  }

 private:
  // About once a second, whether pushes are taken or not.
  void Tell() {
    const std::int64_t now_ms = clock_.SteadyMillis();
    if (now_ms - told_ms_ < kProgressMs) return;
    told_ms_ = now_ms;
    progress_(report_);
  }

  [[nodiscard]] bool Exhausted() const {
    return options_.messages > 0 && report_.messages >= options_.messages;
  }

  // Begins the messages that are to have begun by now.
  void Begin(std::int64_t elapsed_ms) {
    const double wanted = options_.rate > 0
                              ? options_.rate * static_cast<double>(elapsed_ms) / 1000.0 + 1
                              : static_cast<double>(report_.messages) + (due_.empty() ? 1 : 0);
    while (!Exhausted() && static_cast<double>(report_.messages) + 1 <= wanted) {
      for (DemoEvent& event : cycles_.Next(clock_.Now())) due_.push(std::move(event));
      ++report_.messages;
    }
  }

  absl::Status Send(const DemoEvent& event) {
    const std::string body =
        signer_.Notification(options_.topic_arn, event.text, clock_.Now(),
                             (std::uint64_t{options_.seed} << 32) + report_.events);
    while (!stop_) {
      const auto status = sender_.Post(body, options_.topic_arn);
      if (status.ok() && *status == 200) {
        ++report_.events;
        return absl::OkStatus();
      }
      if (status.ok() && *status >= 400 && *status < 500) {
        return MakeStatus(absl::StatusCode::kFailedPrecondition, "the server refused a push with ",
                          *status, ": start it with --topic-arn ", options_.topic_arn,
                          " and the demo's --signing-cert-dir");
      }
      ++report_.retries;
      Tell();
      Nap(kRetryMs);
    }
    return absl::OkStatus();
  }

  const PusherOptions& options_;
  const Signer& signer_;
  const Clock& clock_;
  const std::atomic<bool>& stop_;
  const std::function<void(const PusherReport&)>& progress_;
  const std::int64_t start_ms_;
  std::int64_t told_ms_;
  LifeCycles cycles_;
  Sender sender_;
  std::priority_queue<DemoEvent, std::vector<DemoEvent>, Later> due_;
  PusherReport report_;
};

}  // namespace

absl::StatusOr<PusherReport> Push(const PusherOptions& options, const Signer& signer,
                                  const Clock& clock, const std::atomic<bool>& stop,
                                  const std::function<void(const PusherReport&)>& progress) {
  return Play(options, signer, clock, stop, progress).Run();
}

}  // namespace mailtrail::demo
