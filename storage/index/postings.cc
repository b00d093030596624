#include "storage/index/postings.h"

#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::index {
namespace {

// Everything before the involvement and after it is the same for all terms of an event.
constexpr std::size_t kInvolvementOffset = 1 + 1 + 1 + 6;

std::string EncodeRow(const Prepared& prepared) {
  std::string value;
  AppendU8(value, static_cast<std::uint8_t>(prepared.header.retention_class));
  AppendU8(value, static_cast<std::uint8_t>(prepared.header.type));
  AppendU8(value, static_cast<std::uint8_t>(prepared.header.form));
  AppendU48(value, prepared.header.clamped_time.value);
  AppendU8(value, 0);
  AppendU16(value, prepared.header.source);
  AppendU16(value, prepared.shard_hash);
  return value;
}

class Postings final : public Projection {
 public:
  std::string_view name() const override { return "postings"; }
  kv::FamilyId family() const override { return kv::FamilyId::kPostings; }
  absl::Status Apply(const Prepared& prepared, kv::Batch& batch) override {
    std::string value = EncodeRow(prepared);
    for (const PostingTerm& posting : prepared.postings) {
      value[kInvolvementOffset] = static_cast<char>(posting.involvement);
      batch.Put(family(), PostingsKey(posting.term, prepared.sequence), value);
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::string PostingsPrefix(Term term) {
  std::string key;
  AppendU64(key, term.hash);
  return key;
}

std::string PostingsKey(Term term, log::Sequence sequence) {
  std::string key = PostingsPrefix(term);
  AppendU64(key, sequence.value);
  return key;
}

absl::StatusOr<PostingRow> ParsePostingRow(std::string_view value) {
  Reader reader(value);
  PostingRow row{};
  row.retention_class = static_cast<mail::RetentionClass>(reader.U8());
  row.type = static_cast<mail::EventType>(reader.U8());
  row.form = static_cast<mail::Form>(reader.U8());
  row.clamped_time.value = static_cast<std::int64_t>(reader.U48());
  row.involvement = static_cast<mail::Involvement>(reader.U8());
  row.source = reader.U16();
  row.shard_hash = reader.U16();
  if (!reader.AtEnd()) return absl::DataLossError("row of postings cannot be read");
  return row;
}

absl::StatusOr<log::Sequence> SequenceOfPostingsKey(std::string_view key) {
  Reader reader(key);
  const std::uint64_t term = reader.U64();
  const log::Sequence sequence{reader.U64()};
  if (!reader.AtEnd()) {
    return MakeStatus(absl::StatusCode::kDataLoss, "key of postings below term ", term,
                      " cannot be read");
  }
  return sequence;
}

std::unique_ptr<Projection> MakePostings() { return std::make_unique<Postings>(); }

}  // namespace mailtrail::index
