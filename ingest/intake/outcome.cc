#include "ingest/intake/outcome.h"

namespace mailtrail::ingest {

std::string_view Word(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::kDurable:
      return "durable";
    case Outcome::Kind::kDuplicate:
      return "duplicate";
    case Outcome::Kind::kQuarantined:
      return "quarantined";
    case Outcome::Kind::kIgnored:
      return "ignored";
    case Outcome::Kind::kMalformed:
      return "malformed";
    case Outcome::Kind::kTooLarge:
      return "too_large";
    case Outcome::Kind::kForbidden:
      return "forbidden";
    case Outcome::Kind::kBusy:
      return "busy";
  }
  return "busy";
}

}  // namespace mailtrail::ingest
