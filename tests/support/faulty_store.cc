#include "tests/support/faulty_store.h"

#include <utility>

namespace mailtrail::test {

void Journal::Add(std::string what) {
  MutexLock lock(mu_);
  entries_.push_back(std::move(what));
}

std::vector<std::string> Journal::Entries() const {
  MutexLock lock(mu_);
  return entries_;
}

void Journal::Clear() {
  MutexLock lock(mu_);
  entries_.clear();
}

void FaultyStore::FailWrite(int n, When when, absl::Status status) {
  MutexLock lock(mu_);
  write_fault_ = {n, when, std::move(status)};
}

void FaultyStore::FailReopen(int n, absl::Status status) {
  MutexLock lock(mu_);
  reopenings_to_fail_ = n;
  reopen_status_ = std::move(status);
}

void FaultyStore::SetWriteHook(WriteHook hook) {
  MutexLock lock(mu_);
  write_hook_ = std::move(hook);
}

absl::StatusOr<std::unique_ptr<const kv::Snapshot>> FaultyStore::TakeSnapshot() {
  {
    MutexLock lock(mu_);
    if (closed_) return absl::UnavailableError("the store could not be reopened");
  }
  journal_.Add("snapshot");
  return inner_->TakeSnapshot();
}

std::optional<FaultyStore::WriteFault> FaultyStore::TakeWriteFault() {
  MutexLock lock(mu_);
  if (!write_fault_.has_value() || --write_fault_->writes_left > 0) return std::nullopt;
  write_failed_ = true;
  return std::exchange(write_fault_, std::nullopt);
}

absl::Status FaultyStore::Write(const kv::Batch& batch, kv::Durability durability) {
  WriteHook hook;
  {
    MutexLock lock(mu_);
    if (write_failed_) {
      return absl::FailedPreconditionError("an earlier write failed: reopen the store first");
    }
    hook = write_hook_;
  }
  journal_.Add("write");
  if (hook) hook(batch, durability);
  const std::optional<WriteFault> fault = TakeWriteFault();
  if (!fault.has_value() || fault->when == When::kAfter) {
    const absl::Status status = inner_->Write(batch, durability);
    if (!status.ok()) return status;
  }
  if (fault.has_value()) {
    journal_.Add("failed");
    return fault->status;
  }
  journal_.Add("written");
  if (durability == kv::Durability::kSynced) journal_.Add("sync");
  return absl::OkStatus();
}

absl::Status FaultyStore::Reopen() {
  journal_.Add("reopen");
  {
    MutexLock lock(mu_);
    if (reopenings_to_fail_ > 0) {
      --reopenings_to_fail_;
      closed_ = true;
      write_failed_ = true;
      return reopen_status_;
    }
  }
  const absl::Status status = inner_->Reopen();
  if (!status.ok()) return status;
  {
    MutexLock lock(mu_);
    closed_ = false;
    write_failed_ = false;
  }
  journal_.Add("reopened");
  return absl::OkStatus();
}

absl::Status FaultyStore::Checkpoint(const std::filesystem::path& folder) {
  return inner_->Checkpoint(folder);
}

absl::Status FaultyStore::Compact(kv::FamilyId family) { return inner_->Compact(family); }

}  // namespace mailtrail::test
