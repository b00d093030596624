#pragma once

// A record with everything that its rows need, worked out off the writer's thread. The writer only
// fills in sequence and received_time, lowers the clamped time, and lets each projection lay its
// rows.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/key_file.h"
#include "storage/index/term.h"
#include "storage/log/record.h"
#include "storage/log/sequence.h"
#include "storage/mail/message_id.h"

namespace mailtrail::index {

struct PostingTerm {
  Term term;
  mail::Involvement involvement;
  friend bool operator==(const PostingTerm&, const PostingTerm&) = default;
};

struct Prepared {
  log::RecordHeader header;
  std::string body;  // The record's body.

  // The rest is empty for CONTROL records: they have a row in `events` only.
  mail::MessageKey message;
  std::uint16_t shard_hash = 0;
  mail::Part part = mail::Part::kLifeCycle;
  UnixMillis event_time;  // As SES wrote it: the key of `seen`.
  UnixMillis sent_time;
  std::vector<PostingTerm> postings;  // Sorted by term, each once.
  std::vector<Term> listings;         // Sorted, each once.

  // SES's JSON, byte for byte. Empty when prepared from a stored record.
  std::string raw;

  // Filled in by the writer.
  log::Sequence sequence;

  // What it keeps in memory, for bounds.
  [[nodiscard]] std::size_t bytes() const;
};

// What a door knows of an event when it hands it on.
struct NewEvent {
  storage::v1::Event event;
  mail::Form form = storage::v1::FORM_UNSPECIFIED;
  std::string canonical;                     // See mail::Fingerprints.
  std::vector<storage::v1::Header> headers;  // The message's own, for indexed headers.
  std::string raw;
  std::uint16_t source = 0;
};

// Makes prepared records. Thread-safe.
class Preparer {
 public:
  explicit Preparer(const StoreKeys& keys) : messages_(keys), fingerprints_(keys), terms_(keys) {}

  // Indexed headers' values are taken into the event; clamped_time is still unbounded above.
  [[nodiscard]] Prepared Prepare(NewEvent event, const storage::v1::IndexSet& set) const;

  // From a stored record: the same rows, for rebuilding. `set`: the index set whose number the
  // record carries. kDataLoss when the record cannot be read.
  [[nodiscard]] absl::StatusOr<Prepared> FromRecord(log::Sequence sequence, std::string_view record,
                                                    const storage::v1::IndexSet& set) const;

  [[nodiscard]] const mail::MessageKeys& messages() const { return messages_; }
  [[nodiscard]] const mail::Fingerprints& fingerprints() const { return fingerprints_; }
  [[nodiscard]] const Terms& terms() const { return terms_; }

 private:
  // Fills in all that follows from header and event.
  void Derive(const storage::v1::Event& event, const storage::v1::IndexSet& set,
              Prepared& prepared) const;

  mail::MessageKeys messages_;
  mail::Fingerprints fingerprints_;
  Terms terms_;
};

}  // namespace mailtrail::index
