#include "server/api/shared.h"

#include <string>

namespace mailtrail::server::api {

void AddCost(const query::Cost& cost, v1::Explain& explain) {
  if (explain.leading_term().empty()) explain.set_leading_term(std::string(cost.leading_term));
  explain.set_entries_read(explain.entries_read() + cost.entries_read);
  explain.set_records_read(explain.records_read() + cost.records_read);
}

}  // namespace mailtrail::server::api
