#include <algorithm>
#include <array>

#include "storage/mail/fold.h"

namespace mailtrail::mail {
namespace {

// SES, or a list that it keeps, held the mail back: nobody refused it. From the SES guide; the
// fourth from the page on automatic validation; the last is not in the guide, but five independent
// projects have it. More will come: an unknown one is a bounce.
constexpr std::array<std::string_view, 5> kSuppressingSubTypes = {
    "Suppressed", "OnAccountSuppressionList", "OnTenantSuppressionList",
    "EmailValidationSuppressed", "UnsubscribedRecipient"};

bool IsSuppressing(std::string_view sub_type) {
  return std::find(kSuppressingSubTypes.begin(), kSuppressingSubTypes.end(), sub_type) !=
         kSuppressingSubTypes.end();
}

// An out-of-office reply comes as a transient bounce that tells nothing but the address (as the
// mailbox simulator's ooto@ shows), beside the delivery. A failure has a DSN or an SMTP answer.
bool IsAutoReply(const storage::v1::Bounce& bounce) {
  const auto tells_nothing = [](const storage::v1::AffectedRecipient& recipient) {
    return !recipient.has_action() && !recipient.has_status() && !recipient.has_diagnostic_code();
  };
  return bounce.bounce_type() == "Transient" && bounce.bounce_sub_type() == "General" &&
         bounce.reporting_mta().empty() && bounce.recipients_size() > 0 &&
         std::all_of(bounce.recipients().begin(), bounce.recipients().end(), tells_nothing);
}

std::optional<State> RankOfBounce(const storage::v1::Bounce& bounce) {
  if (IsAutoReply(bounce)) {
    return std::nullopt;
  }
  return IsSuppressing(bounce.bounce_sub_type()) ? State::kSuppressed : State::kBounced;
}

std::optional<State> RankOfComplaint(const storage::v1::Complaint& complaint) {
  // A recipient took the mail out of the junk folder (RFC 6430): the opposite of a complaint.
  if (complaint.complaint_feedback_type() == "not-spam") {
    return std::nullopt;
  }
  return IsSuppressing(complaint.complaint_sub_type()) ? State::kSuppressed : State::kComplained;
}

}  // namespace

std::optional<State> RankOf(const Event& event) {
  switch (event.detail_case()) {
    case Event::kSend:
      return State::kAccepted;
    case Event::kDeliveryDelay:
      return State::kDelayed;
    case Event::kDelivery:
      return State::kDelivered;
    case Event::kBounce:
      return RankOfBounce(event.bounce());
    case Event::kComplaint:
      return RankOfComplaint(event.complaint());
    case Event::kReject:
      return State::kRejected;
    case Event::kRenderingFailure:
      return State::kRenderingFailed;
    case Event::kOpen:
    case Event::kClick:
    case Event::kSubscription:
    case Event::DETAIL_NOT_SET:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace mailtrail::mail
