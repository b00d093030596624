#include "ingest/intake/source_book.h"

#include <algorithm>
#include <utility>

#include "ingest/intake/limits.h"
#include "storage/base/status.h"

namespace mailtrail::ingest {
namespace {

static_assert(static_cast<std::size_t>(Outcome::Kind::kBusy) + 1 ==
              std::tuple_size_v<decltype(SourceReport::outcomes)>);

bool IsRefusal(Outcome::Kind kind) {
  return kind == Outcome::Kind::kMalformed || kind == Outcome::Kind::kTooLarge ||
         kind == Outcome::Kind::kForbidden || kind == Outcome::Kind::kBusy;
}

void CountRefusal(const Outcome& outcome, std::map<std::string, SourceReport::Refusals>& refusals) {
  auto& refusal = refusals[std::string(outcome.reason)];
  refusal.kind = outcome.kind;
  ++refusal.count;
}

// The topic's state, made when absent; null when the source has too many.
storage::v1::TopicState* TopicOf(storage::v1::Source& source, const std::string& topic_arn) {
  for (auto& topic : *source.mutable_topics()) {
    if (topic.topic_arn() == topic_arn) return &topic;
  }
  if (static_cast<std::size_t>(source.topics_size()) >= kTopicsPerSourceMax) return nullptr;
  storage::v1::TopicState* topic = source.add_topics();
  topic->set_topic_arn(topic_arn);
  return topic;
}

// What Writer::Submit says, waited for.
class Waiter {
 public:
  writer::Done done() {
    return [this](absl::StatusOr<writer::Outcome> outcome) {
      MutexLock lock(mu_);
      status_ = outcome.status();
      cv_.NotifyAll();
    };
  }
  absl::Status Wait() {
    MutexLock lock(mu_);
    while (!status_) cv_.Wait(mu_);
    return *status_;
  }

 private:
  Mutex mu_;
  CondVar cv_;
  std::optional<absl::Status> status_ ABSL_GUARDED_BY(mu_);
};

}  // namespace

SourceBook::SourceBook(std::vector<local::SourceRow> rows, writer::Writer& writer,
                       const Clock& clock)
    : writer_(writer), clock_(clock) {
  for (auto& row : rows) {
    const std::uint32_t number = row.number;
    reports_[number].row = std::move(row);
  }
}

absl::StatusOr<SourceBook::Numbered> SourceBook::Number(
    std::vector<sns::SourceConfig> configs) const {
  Numbered numbered{.configs = std::move(configs), .added = {}};
  std::uint32_t next = reports_.empty() ? 1 : reports_.rbegin()->first + 1;
  for (sns::SourceConfig& config : numbered.configs) {
    // Checked as a set below; here only account and region are wanted.
    config.number = next;
    MT_ASSIGN_OR_RETURN(const auto set, sns::SourceSet::Make({config}));
    const sns::Source& source = *set->sources().front();
    const auto known = std::find_if(reports_.begin(), reports_.end(), [&](const auto& entry) {
      const storage::v1::Source& row = entry.second.row.source;
      return row.name() == source.name && row.account_id() == source.account() &&
             row.region() == source.region() && row.partition() == source.partition().name;
    });
    if (known != reports_.end()) {
      config.number = known->first;
      continue;
    }
    if (next > kSourceNumberMax) {
      return absl::ResourceExhaustedError(
          "this store has met 65535 sources and has no number left for another; give a source that "
          "is no longer used back its name");
    }
    local::SourceRow row{.number = static_cast<std::uint16_t>(next++), .source = {}};
    row.source.set_name(source.name);
    row.source.set_partition(std::string(source.partition().name));
    row.source.set_account_id(source.account());
    row.source.set_region(source.region());
    row.source.set_created_ms(clock_.Now().value);
    numbered.added.push_back(std::move(row));
  }
  return numbered;
}

absl::StatusOr<std::shared_ptr<const sns::SourceSet>> SourceBook::Configure(
    std::vector<sns::SourceConfig> configs) {
  MutexLock one_at_a_time(changing_);
  Numbered numbered;
  {
    MutexLock lock(mu_);
    MT_ASSIGN_OR_RETURN(numbered, Number(std::move(configs)));
  }
  MT_ASSIGN_OR_RETURN(auto set, sns::SourceSet::Make(numbered.configs));
  if (!numbered.added.empty()) {
    writer::PutRows command;
    for (const auto& row : numbered.added) local::PutSource(row, command.local_rows);
    Waiter waiter;
    writer_.Submit(std::move(command), waiter.done());
    MT_RETURN_IF_ERROR(waiter.Wait());
  }
  MutexLock lock(mu_);
  for (auto& row : numbered.added) {
    const std::uint32_t number = row.number;
    reports_[number].row = std::move(row);
  }
  for (auto& [number, report] : reports_) report.topic_patterns.clear();
  for (const auto& config : numbered.configs) {
    reports_[config.number].topic_patterns = config.topics;
  }
  return set;
}

void SourceBook::Count(std::uint32_t source, const Outcome& outcome) {
  MutexLock lock(mu_);
  const auto found = reports_.find(source);
  if (found == reports_.end()) {
    if (IsRefusal(outcome.kind)) CountRefusal(outcome, unattributed_);
    return;
  }
  SourceReport& report = found->second;
  ++report.outcomes[static_cast<std::size_t>(outcome.kind)];
  if (IsRefusal(outcome.kind)) CountRefusal(outcome, report.refusals);
}

void SourceBook::Heard(std::uint32_t source, UnixMillis sns_time) {
  const UnixMillis now = clock_.Now();
  MutexLock lock(mu_);
  const auto found = reports_.find(source);
  if (found == reports_.end()) return;
  found->second.last_push = now;
  found->second.last_push_sns = sns_time;
}

void SourceBook::ChangeTopic(std::uint32_t source, const std::string& topic_arn,
                             absl::AnyInvocable<void(storage::v1::TopicState&)> change,
                             writer::Done done) {
  MutexLock one_at_a_time(changing_);
  writer::PutRows command;
  {
    MutexLock lock(mu_);
    const auto found = reports_.find(source);
    storage::v1::TopicState* topic =
        found == reports_.end() ? nullptr : TopicOf(found->second.row.source, topic_arn);
    if (topic != nullptr) {
      change(*topic);
      local::PutSource(found->second.row, command.local_rows);
    }
  }
  if (command.local_rows.empty()) {
    std::move(done)(absl::ResourceExhaustedError("the source is unknown or has too many topics"));
    return;
  }
  writer_.Submit(std::move(command), std::move(done));
}

std::vector<SourceReport> SourceBook::Reports() const {
  MutexLock lock(mu_);
  std::vector<SourceReport> reports;
  reports.reserve(reports_.size());
  for (const auto& [number, report] : reports_) reports.push_back(report);
  return reports;
}

std::map<std::string, SourceReport::Refusals> SourceBook::UnattributedRefusals() const {
  MutexLock lock(mu_);
  return unattributed_;
}

}  // namespace mailtrail::ingest
