#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

// Send says nothing beyond its type: the object is always empty.
void DecodeSend(const Object& /*detail*/, Event& event) { event.mutable_send(); }

}  // namespace mailtrail::ingest::ses
