#include "storage/mail/attribution.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "storage/mail/normal_form.h"

namespace mailtrail::mail {
namespace {

template <typename Addresses>
AddressSet NormalSet(const Addresses& addresses) {
  AddressSet normal;
  for (const std::string& address : addresses) {
    if (std::string form = NormalAddress(address); !form.empty()) {
      normal.insert(std::move(form));
    }
  }
  return normal;
}

}  // namespace

AddressSet DestinationOf(const Event& event) {
  AddressSet destination = NormalSet(event.mail().destination());
  return destination.empty() ? NamedBy(event) : destination;
}

AddressSet NamedBy(const Event& event) { return NormalSet(AffectedOf(event)); }

AddressSet RecipientsConcerned(const Event& event, const AddressSet& recipients) {
  if (recipients.size() <= 1) {
    return recipients;
  }
  switch (TypeOf(event)) {
    case storage::v1::EVENT_TYPE_SEND:
    case storage::v1::EVENT_TYPE_REJECT:
    case storage::v1::EVENT_TYPE_RENDERING_FAILURE:
      return recipients;  // Of the whole message.
    default:
      break;
  }
  const AddressSet named = NamedBy(event);
  AddressSet concerned;
  std::set_intersection(named.begin(), named.end(), recipients.begin(), recipients.end(),
                        std::inserter(concerned, concerned.end()));
  return concerned;
}

}  // namespace mailtrail::mail
