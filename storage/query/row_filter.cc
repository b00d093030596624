#include "storage/query/row_filter.h"

#include <algorithm>

namespace mailtrail::query {
namespace {

template <typename Values>
std::uint64_t MaskOf(const Values& values) {
  if (values.empty()) return ~std::uint64_t{0};
  std::uint64_t mask = 0;
  for (const auto value : values) mask |= std::uint64_t{1} << (static_cast<unsigned>(value) % 64);
  return mask;
}

}  // namespace

RowFilter::RowFilter(const EventFilter& filter)
    : filter_(&filter), types_(MaskOf(filter.types)), forms_(MaskOf(filter.forms)) {}

bool RowFilter::PassesPart(mail::Part part) const {
  return filter_->types.empty() ||
         std::any_of(filter_->types.begin(), filter_->types.end(),
                     [part](mail::EventType type) { return mail::PartOf(type) == part; });
}

bool RowFilter::PassesSource(std::uint16_t source) const {
  const auto& sources = filter_->sources;
  return !sources || std::find(sources->begin(), sources->end(), source) != sources->end();
}

}  // namespace mailtrail::query
