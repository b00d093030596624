#pragma once

// What became of a message: a pure fold over its events. Any order and any repetition of the same
// events give the same answer. Nothing that is derived here is stored.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/time.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/fingerprint.h"

namespace mailtrail::mail {

// A recipient's state. The order is the rank: the deciding event is the greatest by (rank, event
// publishing before identity notification, event time as SES wrote it, id).
enum class State : std::uint8_t {
  kUnknown = 0,  // Addressed, no event about the recipient yet, and no Send seen.
  kAccepted,
  kDelayed,
  kDelivered,
  kBounced,
  kSuppressed,
  kComplained,
  kRejected,         // Of the whole message.
  kRenderingFailed,  // Of the whole message.
};

enum class Attribution : std::uint8_t { kExact, kAmbiguous };

// One event of the message, as the fold sees it. Views: the caller keeps them alive.
struct FoldInput {
  const Event* event = nullptr;
  Form form = storage::v1::FORM_UNSPECIFIED;
  Fingerprint fingerprint;
};

struct RecipientStatus {
  std::string address;  // As SES wrote it in the destination, else as the event names it.
  State state = State::kUnknown;
  // No retry is pending: delivered, failed or rejected. A bounce or complaint may still follow.
  bool settled = false;
  std::optional<Fingerprint> decided_by;
  std::vector<Fingerprint> overruled;  // Other events about the recipient that had a rank, the
                                       // nearest to deciding first.
  std::optional<UnixMillis> delivered_time;
  Attribution attribution = Attribution::kExact;
};

struct Engagement {
  std::int64_t opens = 0;
  std::int64_t opens_without_bots = 0;
  std::int64_t clicks = 0;
  std::int64_t clicks_without_bots = 0;
  std::optional<UnixMillis> first_open_time;
  std::optional<UnixMillis> first_click_time;
  Attribution attribution = Attribution::kExact;  // Ambiguous with several recipients.
};

struct MessageStatus {
  std::string message_id;
  UnixMillis sent_time;  // The one with milliseconds, where both forms are in.
  std::string source;    // As written: may hold a display name.
  std::string subject;
  std::string header_message_id;
  std::vector<storage::v1::Tag> tags;  // Union over the events, sorted.
  std::string sending_account_id;
  std::string configuration_set;
  std::string tenant;
  std::vector<RecipientStatus> recipients;  // Sorted by normal form of the address.
  Engagement engagement;
};

// The event's rank for the recipients it is about; nullopt when it decides nothing (Open, Click,
// Subscription, OTHER, a `not-spam` complaint, an auto-reply).
[[nodiscard]] std::optional<State> RankOf(const Event& event);

// REQUIRES: all inputs are events of one message, at least one.
[[nodiscard]] MessageStatus Fold(std::span<const FoldInput> events);

// The trail's order: by (event time as SES wrote it, rank, id).
[[nodiscard]] bool TrailLess(const FoldInput& a, const FoldInput& b);

}  // namespace mailtrail::mail
