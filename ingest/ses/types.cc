#include "ingest/ses/types.h"

#include <algorithm>
#include <array>

namespace mailtrail::ingest::ses {
namespace {

// The wire's words: with a space in "Rendering Failure", whose member is `failure`.
constexpr std::array<TypeRow, 10> kTypes = {{
    {storage::v1::EVENT_TYPE_SEND, "Send", "send", DecodeSend},
    {storage::v1::EVENT_TYPE_DELIVERY, "Delivery", "delivery", DecodeDelivery},
    {storage::v1::EVENT_TYPE_DELIVERY_DELAY, "DeliveryDelay", "deliveryDelay", DecodeDeliveryDelay},
    {storage::v1::EVENT_TYPE_BOUNCE, "Bounce", "bounce", DecodeBounce},
    {storage::v1::EVENT_TYPE_COMPLAINT, "Complaint", "complaint", DecodeComplaint},
    {storage::v1::EVENT_TYPE_REJECT, "Reject", "reject", DecodeReject},
    {storage::v1::EVENT_TYPE_RENDERING_FAILURE, "Rendering Failure", "failure",
     DecodeRenderingFailure},
    {storage::v1::EVENT_TYPE_OPEN, "Open", "open", DecodeOpen},
    {storage::v1::EVENT_TYPE_CLICK, "Click", "click", DecodeClick},
    {storage::v1::EVENT_TYPE_SUBSCRIPTION, "Subscription", "subscription", DecodeSubscription},
}};

}  // namespace

std::span<const TypeRow> TypeTable() { return kTypes; }

const TypeRow* FindType(std::string_view ses_type) {
  const auto* const row =
      std::find_if(kTypes.begin(), kTypes.end(),
                   [ses_type](const TypeRow& candidate) { return candidate.ses_type == ses_type; });
  return row == kTypes.end() ? nullptr : row;
}

}  // namespace mailtrail::ingest::ses
