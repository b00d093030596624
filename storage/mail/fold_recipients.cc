#include <algorithm>
#include <map>
#include <tuple>

#include "storage/mail/attribution.h"
#include "storage/mail/fold_parts.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::mail {
namespace {

// By normal form, as the most preferred event writes it.
using Spellings = std::map<std::string, std::string>;

template <typename Addresses>
void AddSpellings(const Addresses& addresses, Spellings& spellings) {
  for (const std::string& address : addresses) {
    if (std::string normal = NormalAddress(address); !normal.empty()) {
      spellings.emplace(std::move(normal), address);
    }
  }
}

// The message's recipients: everybody addressed, or where no event says who that is, everybody
// named.
Spellings RecipientsOf(std::span<const FoldInput> events) {
  Spellings recipients;
  for (const FoldInput& input : events) {
    AddSpellings(input.event->mail().destination(), recipients);
  }
  if (recipients.empty()) {
    for (const FoldInput& input : events) {
      AddSpellings(AffectedOf(*input.event), recipients);
    }
  }
  return recipients;
}

struct Ranked {
  State rank;
  const FoldInput* input;
};

// The greatest decides.
bool DecidesLess(const Ranked& a, const Ranked& b) {
  const auto key = [](const Ranked& r) {
    return std::tuple(r.rank, r.input->form == storage::v1::FORM_EVENT_PUBLISHING,
                      EventTimeOf(*r.input->event), r.input->fingerprint);
  };
  return key(a) < key(b);
}

// SES 'may' mean any of the addresses that a complaint names. One complaint about this recipient
// alone is enough to be sure.
bool IsAmbiguous(const std::vector<Ranked>& ranked, State state) {
  return state == State::kComplained &&
         std::none_of(ranked.begin(), ranked.end(), [](const Ranked& r) {
           return r.rank == State::kComplained && NamedBy(*r.input->event).size() <= 1;
         });
}

RecipientStatus StatusOf(std::string address, std::vector<Ranked> ranked) {
  RecipientStatus status{.address = std::move(address)};
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return DecidesLess(b, a); });
  for (const Ranked& r : ranked) {
    if (!status.decided_by) {
      status.state = r.rank;
      status.decided_by = r.input->fingerprint;
    } else {
      status.overruled.push_back(r.input->fingerprint);
    }
    if (r.rank == State::kDelivered && !status.delivered_time) {
      status.delivered_time = EventTimeOf(*r.input->event);
    }
  }
  status.settled = IsSettled(status.state);
  status.attribution =
      IsAmbiguous(ranked, status.state) ? Attribution::kAmbiguous : Attribution::kExact;
  return status;
}

}  // namespace

std::vector<RecipientStatus> FoldRecipients(std::span<const FoldInput> events) {
  const Spellings recipients = RecipientsOf(events);
  AddressSet addresses;
  for (const auto& [normal, spelling] : recipients) {
    addresses.insert(normal);
  }
  std::map<std::string, std::vector<Ranked>> ranked;
  for (const FoldInput& input : events) {
    if (const std::optional<State> rank = RankOf(*input.event)) {
      for (const std::string& address : RecipientsConcerned(*input.event, addresses)) {
        ranked[address].push_back({*rank, &input});
      }
    }
  }
  std::vector<RecipientStatus> statuses;
  statuses.reserve(recipients.size());
  for (const auto& [normal, spelling] : recipients) {
    statuses.push_back(StatusOf(spelling, std::move(ranked[normal])));
  }
  return statuses;
}

}  // namespace mailtrail::mail
