#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeRenderingFailure(const Object& detail, Event& event) {
  storage::v1::RenderingFailure& failure = *event.mutable_rendering_failure();
  failure.set_template_name(TextOrEmpty(detail, "templateName"));
  failure.set_error_message(TextOrEmpty(detail, "errorMessage"));
}

}  // namespace mailtrail::ingest::ses
