#include "tests/storage/writer/rig.h"

#include <utility>

#include "tests/support/status_matchers.h"

namespace mailtrail::writer {

WriterOptions QuickOptions() {
  WriterOptions options;
  options.reopen_wait_first = std::chrono::milliseconds(1);
  options.reopen_wait_longest = std::chrono::milliseconds(2);
  return options;
}

Hold::Hold(test::FaultyStore& store) : store_(store) {
  auto first = std::make_shared<bool>(true);
  store_.SetWriteHook([this, first, released = released_.get_future().share()](
                          const kv::Batch& /*batch*/, kv::Durability /*durability*/) {
    if (!std::exchange(*first, false)) return;
    held_.set_value();
    released.wait();
  });
}

Hold::~Hold() { Release(); }

void Hold::Release() {
  if (std::exchange(done_, true)) return;
  store_.SetWriteHook(nullptr);
  released_.set_value();
}

Rig::Rig(WriterOptions options, std::unique_ptr<kv::Store> inner)
    : options_(options), store_(std::move(inner)) {
  Restart();
}

void Rig::Restart() {
  writer_.reset();
  OpeningOptions options;
  options.key_file = folder_.path() / "key";
  options.indexed_headers = {"x-order-id"};
  auto opened = OpenStore(store_, options, clock_);
  ASSERT_OK(opened);
  opened_ = *std::move(opened);
  log_ = std::make_unique<log::LocalLog>(store_, opened_.meta);
  preparer_ = std::make_unique<index::Preparer>(opened_.keys);
  writer_ = std::make_unique<Writer>(
      WriterParts{store_, *log_, *preparer_, clock_, NoLogger(), metrics_, this}, opened_.meta,
      options_);
  store_.journal().Clear();
}

Answer Rig::Submit(Command command) {
  auto promise = std::make_shared<std::promise<absl::StatusOr<Outcome>>>();
  Answer answer = promise->get_future();
  writer_->Submit(std::move(command), [this, promise](absl::StatusOr<Outcome> outcome) {
    store_.journal().Add(outcome.ok() ? "answer" : "refusal");
    promise->set_value(std::move(outcome));
  });
  return answer;
}

Answer Rig::PutLocal(std::string_view key, std::string_view value) {
  PutRows rows;
  rows.local_rows.Put(kv::FamilyId::kCertificates, key, value);
  return Submit(std::move(rows));
}

void Rig::Settle() { (void)PutLocal("settle", "x").get(); }

void Rig::OnCommit(std::span<const index::Prepared> committed, log::Sequence head) {
  store_.journal().Add("commit");
  EXPECT_EQ(log_->head(0), head) << "published before anybody is told";
  heads_.push_back(head.value);
  for (const index::Prepared& record : committed) told_.push_back(record.sequence.value);
}

log::Meta Rig::StoredMeta() {
  const auto snapshot = store_.inner().TakeSnapshot();
  EXPECT_OK(snapshot);
  if (!snapshot.ok()) return {};
  const auto meta = log::ReadMeta(**snapshot);
  EXPECT_OK(meta);
  return meta.ok() ? meta->value_or(log::Meta{}) : log::Meta{};
}

}  // namespace mailtrail::writer
