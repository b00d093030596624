#include "tests/bench/events.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "ingest/ses/decoder.h"
#include "storage/index/index_set.h"
#include "storage/log/local_log.h"
#include "storage/log/meta.h"
#include "storage/log/raw.h"

namespace mailtrail::bench {

BatchMaker::BatchMaker(kv::Store& store, const StoreKeys& keys, std::uint64_t first_sequence)
    : preparer_(keys),
      projections_(index::MakeProjections(store)),
      index_set_(*index::MakeIndexSet({}, {})),
      sequence_(first_sequence - 1) {
  index_set_.set_number(1);
}

demo::DemoEvent BatchMaker::NextEvent() {
  if (next_ == pending_.size()) {
    now_.value += 5;
    pending_ = cycles_.Next(now_);
    next_ = 0;
  }
  return std::move(pending_[next_++]);
}

void BatchMaker::Lay(const demo::DemoEvent& event, kv::Batch& batch) {
  auto decoded = ingest::ses::Decode(event.text);
  if (!decoded.ok()) std::abort();
  auto& fields = std::get<ingest::ses::Decoded>(*decoded);
  index::Prepared prepared = preparer_.Prepare({.event = std::move(fields.event),
                                                .form = fields.form,
                                                .canonical = std::move(fields.canonical),
                                                .headers = std::move(fields.headers),
                                                .raw = event.text,
                                                .source = 1},
                                               index_set_);
  prepared.sequence = {++sequence_};
  prepared.header.received_time = std::max(now_, prepared.header.clamped_time);
  batch.Put(kv::FamilyId::kEvents, log::EventsKey(prepared.sequence),
            log::EncodeRecord(prepared.header, prepared.body));
  batch.Put(
      kv::FamilyId::kRaw, log::RawKey(prepared.message, prepared.sequence),
      log::EncodeRaw(prepared.header.retention_class, prepared.header.clamped_time, prepared.raw));
  for (const auto& projection : projections_) {
    if (!projection->Apply(prepared, batch).ok()) std::abort();
  }
  log::PutHead({.sequence = prepared.sequence, .received_time = prepared.header.received_time},
               batch);
}

kv::Batch BatchMaker::Next(std::size_t events) {
  kv::Batch batch;
  for (std::size_t i = 0; i < events; ++i) Lay(NextEvent(), batch);
  for (const auto& projection : projections_) projection->Finish(batch);
  return batch;
}

}  // namespace mailtrail::bench
