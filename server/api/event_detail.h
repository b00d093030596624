#pragma once

#include "mailtrail/storage/v1/event.pb.h"
#include "mailtrail/v1/event.pb.h"

namespace mailtrail::server::api {

// Whether texts written by strangers, and links, are shown.
enum class StrangersTexts : bool { kHidden, kShown };

// Fills the case of `detail` that the stored event has; none for OTHER.
void FillDetail(const storage::v1::Event& event, StrangersTexts strangers, v1::Event& target);

// A tag with its values.
void FillTag(const storage::v1::Tag& tag, v1::Tag& target);

}  // namespace mailtrail::server::api
