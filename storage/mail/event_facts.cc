#include "storage/mail/event_facts.h"

#include <algorithm>
#include <map>

#include "storage/mail/attribution.h"
#include "storage/mail/fold.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::mail {
namespace {

void AppendAddresses(const google::protobuf::RepeatedPtrField<storage::v1::AffectedRecipient>& from,
                     std::vector<std::string>& to) {
  for (const storage::v1::AffectedRecipient& recipient : from) {
    to.push_back(recipient.address());
  }
}

}  // namespace

EventType TypeOf(const Event& event) {
  switch (event.detail_case()) {
    case Event::kSend:
      return storage::v1::EVENT_TYPE_SEND;
    case Event::kDelivery:
      return storage::v1::EVENT_TYPE_DELIVERY;
    case Event::kDeliveryDelay:
      return storage::v1::EVENT_TYPE_DELIVERY_DELAY;
    case Event::kBounce:
      return storage::v1::EVENT_TYPE_BOUNCE;
    case Event::kComplaint:
      return storage::v1::EVENT_TYPE_COMPLAINT;
    case Event::kReject:
      return storage::v1::EVENT_TYPE_REJECT;
    case Event::kRenderingFailure:
      return storage::v1::EVENT_TYPE_RENDERING_FAILURE;
    case Event::kOpen:
      return storage::v1::EVENT_TYPE_OPEN;
    case Event::kClick:
      return storage::v1::EVENT_TYPE_CLICK;
    case Event::kSubscription:
      return storage::v1::EVENT_TYPE_SUBSCRIPTION;
    case Event::DETAIL_NOT_SET:
      return storage::v1::EVENT_TYPE_OTHER;
  }
  return storage::v1::EVENT_TYPE_OTHER;
}

RetentionClass ClassOf(EventType type) {
  switch (type) {
    case storage::v1::EVENT_TYPE_BOUNCE:
    case storage::v1::EVENT_TYPE_COMPLAINT:
    case storage::v1::EVENT_TYPE_REJECT:
    case storage::v1::EVENT_TYPE_RENDERING_FAILURE:
      return RetentionClass::kFailure;
    case storage::v1::EVENT_TYPE_OPEN:
    case storage::v1::EVENT_TYPE_CLICK:
    case storage::v1::EVENT_TYPE_SUBSCRIPTION:
      return RetentionClass::kEngagement;
    default:
      return RetentionClass::kLifeCycle;
  }
}

Part PartOf(EventType type) {
  return ClassOf(type) == RetentionClass::kEngagement ? Part::kEngagement : Part::kLifeCycle;
}

UnixMillis EventTimeOf(const Event& event) {
  return {event.has_event_time_ms() ? event.event_time_ms() : event.mail().timestamp_ms()};
}

UnixMillis ClampedTimeOf(const Event& event, UnixMillis received) {
  const UnixMillis sent{event.mail().timestamp_ms()};
  return std::min(std::max(EventTimeOf(event), sent), received);
}

std::vector<std::string> AffectedOf(const Event& event) {
  std::vector<std::string> affected;
  switch (event.detail_case()) {
    case Event::kDelivery:
      affected.assign(event.delivery().recipients().begin(), event.delivery().recipients().end());
      break;
    case Event::kDeliveryDelay:
      AppendAddresses(event.delivery_delay().recipients(), affected);
      break;
    case Event::kBounce:
      AppendAddresses(event.bounce().recipients(), affected);
      break;
    case Event::kComplaint:
      affected.assign(event.complaint().recipients().begin(), event.complaint().recipients().end());
      break;
    default:
      affected.assign(event.mail().destination().begin(), event.mail().destination().end());
  }
  return affected;
}

std::vector<InvolvedAddress> InvolvedIn(const Event& event) {
  std::map<std::string, Involvement> strongest;
  const auto involve = [&strongest](const auto& addresses, Involvement involvement) {
    for (const std::string& address : addresses) {
      if (std::string normal = NormalAddress(address); !normal.empty()) {
        Involvement& known = strongest.emplace(std::move(normal), involvement).first->second;
        known = std::max(known, involvement);
      }
    }
  };
  involve(event.named_addresses(), Involvement::kNamed);
  involve(event.mail().destination(), Involvement::kAddressed);
  involve(AffectedOf(event), Involvement::kAffected);
  std::vector<InvolvedAddress> involved;
  involved.reserve(strongest.size());
  for (const auto& [address, involvement] : strongest) {
    involved.push_back({address, involvement});
  }
  return involved;
}

std::string TagValue(const Event& event, std::string_view name) {
  for (const storage::v1::Tag& tag : event.mail().tags()) {
    if (tag.name() == name && tag.values_size() > 0) {
      return tag.values(0);
    }
  }
  return {};
}

bool SettlesAll(const Event& event) {
  if (PartOf(TypeOf(event)) == Part::kEngagement) {
    return true;
  }
  const std::optional<State> rank = RankOf(event);
  if (!rank || !IsSettled(*rank)) {
    return false;
  }
  const AddressSet destination = DestinationOf(event);
  return RecipientsConcerned(event, destination).size() == destination.size();
}

}  // namespace mailtrail::mail
