#include "storage/index/index_set.h"

#include <algorithm>
#include <set>

#include "storage/base/status.h"
#include "storage/index/limits.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::index {
namespace {

constexpr std::string_view kAutomaticPrefix = "ses:";

bool IsAutomatic(std::string_view tag) { return tag.starts_with(kAutomaticPrefix); }

}  // namespace

absl::StatusOr<storage::v1::IndexSet> MakeIndexSet(const std::vector<std::string>& automatic_tags,
                                                   const std::vector<std::string>& headers) {
  std::set<std::string> names;
  for (const std::string& header : headers) names.insert(mail::NormalHeaderName(header));
  if (names.size() > kIndexedHeadersMax) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, names.size(),
                      " headers are to be indexed, but at most ", kIndexedHeadersMax,
                      " can be: name fewer");
  }
  if (names.contains("")) {
    return absl::InvalidArgumentError("a header to be indexed has an empty name");
  }
  const std::set<std::string> tags(automatic_tags.begin(), automatic_tags.end());
  for (const std::string& tag : tags) {
    if (!IsAutomatic(tag)) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "the tag ", tag,
                        " needs no naming: only tags that begin with ", kAutomaticPrefix,
                        " are not indexed by themselves");
    }
  }
  storage::v1::IndexSet set;
  set.mutable_automatic_tags()->Add(tags.begin(), tags.end());
  set.mutable_headers()->Add(names.begin(), names.end());
  for (const TermKindInfo& info : kTermKinds) {
    set.add_built_in_kinds(static_cast<std::uint32_t>(info.kind));
  }
  set.set_normal_form_version(mail::kNormalFormVersion);
  return set;
}

bool SameIndexSet(const storage::v1::IndexSet& a, const storage::v1::IndexSet& b) {
  return std::ranges::equal(a.automatic_tags(), b.automatic_tags()) &&
         std::ranges::equal(a.headers(), b.headers()) &&
         std::ranges::equal(a.built_in_kinds(), b.built_in_kinds()) &&
         a.normal_form_version() == b.normal_form_version();
}

bool Indexes(const storage::v1::IndexSet& set, TermKind kind) {
  return std::ranges::find(set.built_in_kinds(), static_cast<std::uint32_t>(kind)) !=
         set.built_in_kinds().end();
}

bool IndexesHeader(const storage::v1::IndexSet& set, std::string_view name) {
  return std::ranges::find(set.headers(), name) != set.headers().end();
}

bool IndexesTag(const storage::v1::IndexSet& set, std::string_view name) {
  return !IsAutomatic(name) ||
         std::ranges::find(set.automatic_tags(), name) != set.automatic_tags().end();
}

}  // namespace mailtrail::index
