#pragma once

// What the store should hold, worked out plainly from the events that were committed.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/index/prepared.h"
#include "tests/support/store_rows.h"

namespace mailtrail::writer {

class Model {
 public:
  Model(const StoreKeys& keys, const storage::v1::IndexSet& set) : preparer_(keys), set_(set) {}

  // Takes an event as committed at `received` under the next sequence.
  void Commit(const index::NewEvent& event, UnixMillis received);
  [[nodiscard]] bool Has(const index::NewEvent& event) const;
  // A sequence's record as it should be.
  [[nodiscard]] std::string RecordOf(std::uint64_t sequence) const;
  [[nodiscard]] std::uint64_t head() const { return 1 + committed_.size(); }

  // All rows of a family of log or derived data; of `events` all but the CONTROL record, 1.
  [[nodiscard]] test::StoredRows RowsOf(kv::FamilyId family) const;

 private:
  struct Committed {
    std::uint64_t sequence;
    index::NewEvent event;
    log::RecordHeader header;
  };
  struct Term {
    index::Term hash;
    mail::Involvement involvement;
    bool posting;
    bool listing;
  };

  [[nodiscard]] std::string BodyOf(const index::NewEvent& event) const;
  [[nodiscard]] std::vector<Term> TermsOf(const Committed& committed) const;
  void AddPostings(const Committed& committed, test::StoredRows& rows) const;
  void AddListings(const Committed& committed, test::StoredRows& rows) const;
  [[nodiscard]] test::StoredRows TimeMap() const;

  const index::Preparer preparer_;  // For its hashes only.
  const storage::v1::IndexSet set_;
  std::vector<Committed> committed_;
};

}  // namespace mailtrail::writer
