#include "storage/writer/writer.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/base/status.h"
#include "storage/base/thread.h"
#include "storage/writer/accepting_ledger.h"
#include "storage/writer/applier.h"
#include "storage/writer/metrics.h"
#include "storage/writer/received_clock.h"
#include "storage/writer/sequencer.h"

namespace mailtrail::writer {
namespace {

constexpr std::chrono::milliseconds kHeartbeat{kAcceptingSeconds * kMillisPerSecond};

// What a command is told whose write failed, or that waited behind it.
absl::Status AsAnswer(const absl::Status& failure) {
  if (absl::IsResourceExhausted(failure)) {
    return absl::ResourceExhaustedError("the disk is full");
  }
  return absl::UnavailableError("the store is being reopened after a failed write");
}

}  // namespace

class Writer::Loop {
 public:
  Loop(WriterParts parts, const log::Meta& meta, const WriterOptions& options)
      : parts_(parts),
        options_(options),
        index_set_(meta.index_set),
        metrics_(parts.metrics),
        received_(parts.clock, meta.head.received_time),
        sequencer_({options.queue_records_max, options.queue_bytes_max, options.batch_records_max},
                   meta.head),
        applier_(parts.store),
        ledger_(meta.accepting),
        thread_([this] { Run(); }) {}

  void Submit(Command command, Done done);
  void SetAccepting(bool accepting);
  void Stop();
  [[nodiscard]] absl::Status failed() const;

 private:
  // Everything that becomes durable in one write, and who waits for it.
  struct Turn {
    struct Answer {
      Done done;
      Outcome outcome;
    };
    std::vector<index::Prepared> records;
    std::vector<Answer> answers;
    kv::Batch rows;
    log::Head head;  // The log's end once the turn is durable.
  };

  void Run();
  [[nodiscard]] std::chrono::milliseconds UntilHeartbeat() const;

  [[nodiscard]] Queued Prepare(Command command, Done done) const;

  // One turn: judge, gather, lay, write, publish, answer. An error leaves `turn` for Recover.
  [[nodiscard]] absl::Status Carry(std::vector<Queued> queued, Turn& turn);
  void Gather(std::vector<Queued>& queued, const std::vector<Applier::Standing>& standings,
              Turn& turn);
  void GatherEvent(Queued queued, Applier::Standing standing, Turn& turn);
  [[nodiscard]] absl::Status Lay(Turn& turn);
  [[nodiscard]] absl::Status Write(Turn& turn);
  void Publish(const Turn& turn);
  [[nodiscard]] UnixMillis Now();

  // After an error: answers, reopens until that works, the writer is stopped, or the store turns
  // out to have lost what was acknowledged.
  void Recover(const absl::Status& failure, Turn& turn);
  // nullopt when it makes sense to try again.
  [[nodiscard]] std::optional<absl::Status> Resume(const Turn& turn);
  void StayStopped(const absl::Status& why);
  [[nodiscard]] std::chrono::milliseconds WaitBeforeReopening() const;
  void RefuseQueued(const absl::Status& answer, std::chrono::milliseconds wait);

  void SetRefusal(absl::Status refusal);
  [[nodiscard]] absl::Status Refusal() const;
  [[nodiscard]] std::optional<bool> WantedAccepting() const;

  const WriterParts parts_;
  const WriterOptions options_;
  const storage::v1::IndexSet index_set_;
  WriterMetrics metrics_;

  // The writer's thread only.
  ReceivedClock received_;
  Sequencer sequencer_;  // But for its queue.
  Applier applier_;
  AcceptingLedger ledger_;
  bool clock_reported_ = false;
  int failures_in_a_row_ = 0;

  mutable Mutex mu_;
  absl::Status refusal_ ABSL_GUARDED_BY(mu_);  // Not OK: what Submit answers at once.
  absl::Status failed_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::optional<bool> accepting_ ABSL_GUARDED_BY(mu_);

  Mutex join_mu_;
  std::thread thread_ ABSL_GUARDED_BY(join_mu_);  // Last: it uses all of the above.
};

void Writer::Loop::Submit(Command command, Done done) {
  absl::Status refusal = Refusal();
  if (refusal.ok()) {
    Queued queued = Prepare(std::move(command), std::move(done));
    if (sequencer_.TryPush(std::move(queued))) return;
    done = std::move(queued.done);  // NOLINT(bugprone-use-after-move): refused, so left alone.
    refusal = Refusal();            // Closed meanwhile, or else full.
  }
  if (refusal.ok()) {
    metrics_.refused_full.Increment();
    refusal = absl::ResourceExhaustedError("the queue is full");
  } else {
    metrics_.refused_unavailable.Increment();
  }
  std::move(done)(std::move(refusal));
}

Queued Writer::Loop::Prepare(Command command, Done done) const {
  if (auto* append = std::get_if<AppendEvent>(&command)) {
    return {parts_.preparer.Prepare(std::move(append->event), index_set_),
            std::move(append->local_rows), std::move(done)};
  }
  return {std::nullopt, std::move(std::get<PutRows>(command).local_rows), std::move(done)};
}

void Writer::Loop::SetAccepting(bool accepting) {
  {
    MutexLock lock(mu_);
    if (stopping_) return;
    accepting_ = accepting;
  }
  sequencer_.Wake();
}

void Writer::Loop::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    refusal_ = absl::UnavailableError("the server is stopping");
  }
  sequencer_.Close();
  MutexLock lock(join_mu_);
  if (thread_.joinable()) thread_.join();
}

absl::Status Writer::Loop::failed() const {
  MutexLock lock(mu_);
  return failed_;
}

void Writer::Loop::Run() {
  NameThisThread("mt-writer");
  while (!sequencer_.drained()) {
    if (const absl::Status stopped = failed(); !stopped.ok()) {
      RefuseQueued(AsAnswer(stopped), kHeartbeat);
      continue;
    }
    metrics_.queue_records.Set(static_cast<double>(sequencer_.queued_records()));
    metrics_.queue_bytes.Set(static_cast<double>(sequencer_.queued_bytes()));
    Turn turn;
    const absl::Status status = Carry(sequencer_.Take(UntilHeartbeat()), turn);
    if (!status.ok()) Recover(status, turn);
  }
  // From here on nothing is accepted, whether or not somebody said so.
  if (!failed().ok() || !WantedAccepting().value_or(false)) return;
  {
    MutexLock lock(mu_);
    accepting_ = false;
  }
  Turn turn;
  if (const absl::Status status = Carry({}, turn); !status.ok()) {
    parts_.logger.Write(LogLevel::kWarning, "writer_end_not_stored",
                        {{"cause", status.ToString()}});
  }
}

std::chrono::milliseconds Writer::Loop::UntilHeartbeat() const {
  if (!WantedAccepting()) return kHeartbeat;
  return ledger_.UntilDue(parts_.clock.SteadyMillis());
}

absl::Status Writer::Loop::Carry(std::vector<Queued> queued, Turn& turn) {
  std::vector<const index::Prepared*> events;
  for (const Queued& entry : queued) {
    if (entry.event) events.push_back(&*entry.event);
  }
  const absl::StatusOr<std::vector<Applier::Standing>> standings = applier_.Judge(events);
  if (!standings.ok()) {
    for (Queued& entry : queued) {
      turn.answers.push_back({std::move(entry.done), Outcome::kCommitted});
    }
    return standings.status();
  }
  Gather(queued, *standings, turn);

  const std::int64_t started = parts_.clock.SteadyMillis();
  MT_RETURN_IF_ERROR(Lay(turn));
  if (!turn.rows.empty()) {
    MT_RETURN_IF_ERROR(Write(turn));
    metrics_.batch_records.Observe(static_cast<double>(turn.answers.size()));
    metrics_.commit_seconds.Observe(static_cast<double>(parts_.clock.SteadyMillis() - started) /
                                    kMillisPerSecond);
  }
  Publish(turn);
  for (Turn::Answer& answer : turn.answers) std::move(answer.done)(answer.outcome);
  return absl::OkStatus();
}

void Writer::Loop::Gather(std::vector<Queued>& queued,
                          const std::vector<Applier::Standing>& standings, Turn& turn) {
  std::size_t next = 0;
  for (Queued& entry : queued) {
    turn.rows.Append(entry.local_rows);
    if (entry.event) {
      GatherEvent(std::move(entry), standings[next++], turn);
    } else {
      turn.answers.push_back({std::move(entry.done), Outcome::kCommitted});
    }
  }
}

void Writer::Loop::GatherEvent(Queued queued, Applier::Standing standing, Turn& turn) {
  switch (standing) {
    case Applier::Standing::kNew:
      turn.records.push_back(*std::move(queued.event));
      turn.answers.push_back({std::move(queued.done), Outcome::kCommitted});
      return;
    case Applier::Standing::kInStore:
      metrics_.duplicates_in_store.Increment();
      // Durable already: unless it brings rows of its own, it need not wait for others.
      if (queued.local_rows.empty()) return std::move(queued.done)(Outcome::kDuplicate);
      break;
    case Applier::Standing::kInBatch:
      metrics_.duplicates_in_batch.Increment();
      break;
  }
  turn.answers.push_back({std::move(queued.done), Outcome::kDuplicate});
}

absl::Status Writer::Loop::Lay(Turn& turn) {
  const UnixMillis now = Now();
  turn.head = sequencer_.Number(turn.records, now);
  MT_RETURN_IF_ERROR(applier_.Lay(turn.records, turn.rows));
  if (const std::optional<bool> accepting = WantedAccepting()) {
    ledger_.Lay(*accepting, SecondOf(now), parts_.clock.SteadyMillis(), turn.rows);
  }
  return absl::OkStatus();
}

absl::Status Writer::Loop::Write(Turn& turn) {
  log::PutHead(turn.head, turn.rows);
  MT_RETURN_IF_ERROR(parts_.store.Write(turn.rows, kv::Durability::kSynced));
  sequencer_.SetHead(turn.head);
  ledger_.Commit();
  failures_in_a_row_ = 0;
  return absl::OkStatus();
}

void Writer::Loop::Publish(const Turn& turn) {
  if (turn.records.empty()) return;
  parts_.log.Publish(turn.head.sequence);
  metrics_.committed.Add(static_cast<double>(turn.records.size()));
  if (parts_.listener != nullptr) parts_.listener->OnCommit(turn.records, turn.head.sequence);
}

UnixMillis Writer::Loop::Now() {
  const UnixMillis now = received_.Now();
  if (received_.distrusts_wall_clock() && !clock_reported_) {
    clock_reported_ = true;
    metrics_.clock_distrusted.Set(1);
    parts_.logger.Write(
        LogLevel::kError, "wall_clock_not_used",
        {{"wall_clock", FormatTime(parts_.clock.Now())}, {"used_instead", FormatTime(now)}});
  }
  return now;
}

void Writer::Loop::Recover(const absl::Status& failure, Turn& turn) {
  metrics_.failures.Increment();
  parts_.logger.Write(LogLevel::kError, "write_failed", {{"cause", failure.ToString()}});
  const absl::Status answer = AsAnswer(failure);
  SetRefusal(answer);
  for (Turn::Answer& waiting : turn.answers) std::move(waiting.done)(answer);
  ++failures_in_a_row_;
  while (true) {
    RefuseQueued(answer, WaitBeforeReopening());
    if (sequencer_.drained()) return;
    metrics_.reopenings.Increment();
    const std::optional<absl::Status> resumed = Resume(turn);
    if (resumed) {
      if (!resumed->ok()) return StayStopped(*resumed);
      return SetRefusal(absl::OkStatus());
    }
    ++failures_in_a_row_;
  }
}

std::optional<absl::Status> Writer::Loop::Resume(const Turn& turn) {
  const auto read = [this]() -> absl::StatusOr<std::optional<log::Meta>> {
    MT_RETURN_IF_ERROR(parts_.store.Reopen());
    MT_ASSIGN_OR_RETURN(const auto snapshot, parts_.store.TakeSnapshot());
    return log::ReadMeta(*snapshot);
  };
  const absl::StatusOr<std::optional<log::Meta>> meta = read();
  if (!meta.ok()) {
    parts_.logger.Write(LogLevel::kError, "reopening_failed",
                        {{"cause", meta.status().ToString()}});
    return std::nullopt;
  }
  const log::Sequence published = sequencer_.head().sequence;
  const log::Sequence found = *meta ? (*meta)->head.sequence : log::Sequence{};
  const bool is_there = !turn.records.empty() && found == turn.head.sequence;
  if (!*meta || (found != published && !is_there)) {
    return MakeStatus(absl::StatusCode::kDataLoss, "the store came back with its log at ",
                      found.value, ", but had acknowledged ", published.value,
                      ": restore it from a backup or a replica");
  }
  sequencer_.SetHead((*meta)->head);
  applier_.Forget();
  ledger_ = AcceptingLedger((*meta)->accepting);
  // Nobody was told of its records, but readers will meet them: they are commits like any other.
  if (is_there) Publish(turn);
  parts_.logger.Write(LogLevel::kInfo, "store_reopened",
                      {{"failed_batch", is_there ? "is there" : "is not there"}});
  return absl::OkStatus();
}

void Writer::Loop::StayStopped(const absl::Status& why) {
  metrics_.stopped.Set(1);
  parts_.logger.Write(LogLevel::kError, "writer_stopped", {{"cause", why.ToString()}});
  MutexLock lock(mu_);
  failed_ = why;
  if (!stopping_) refusal_ = absl::UnavailableError("the writer has stopped after a failure");
}

std::chrono::milliseconds Writer::Loop::WaitBeforeReopening() const {
  if (failures_in_a_row_ <= 1) return std::chrono::milliseconds::zero();
  constexpr int kDoublingsMax = 20;  // Beyond any longest wait, and far from overflow.
  const int doublings = std::min(failures_in_a_row_ - 2, kDoublingsMax);
  return std::min(options_.reopen_wait_first * (1 << doublings), options_.reopen_wait_longest);
}

void Writer::Loop::RefuseQueued(const absl::Status& answer, std::chrono::milliseconds wait) {
  // What is there at once, then the wait, which Stop() ends.
  for (std::vector<Queued> queued = sequencer_.Take(wait); !queued.empty();
       queued = sequencer_.Take(std::chrono::milliseconds::zero())) {
    for (Queued& entry : queued) std::move(entry.done)(answer);
  }
}

void Writer::Loop::SetRefusal(absl::Status refusal) {
  MutexLock lock(mu_);
  if (!stopping_) refusal_ = std::move(refusal);
}

absl::Status Writer::Loop::Refusal() const {
  MutexLock lock(mu_);
  return refusal_;
}

std::optional<bool> Writer::Loop::WantedAccepting() const {
  MutexLock lock(mu_);
  return accepting_;
}

Writer::Writer(WriterParts parts, const log::Meta& meta, const WriterOptions& options)
    : loop_(std::make_unique<Loop>(parts, meta, options)) {}

Writer::~Writer() { Stop(); }

void Writer::Submit(Command command, Done done) {
  loop_->Submit(std::move(command), std::move(done));
}

void Writer::SetAccepting(bool accepting) { loop_->SetAccepting(accepting); }

void Writer::Stop() { loop_->Stop(); }

absl::Status Writer::failed() const { return loop_->failed(); }

}  // namespace mailtrail::writer
