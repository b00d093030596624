#include "server/api/error.h"

#include <string>

#include "gtest/gtest.h"
#include "server/api/limits.h"
#include "storage/base/text.h"
#include "tests/server/api/reasons.h"

namespace mailtrail::server::api {
namespace {

using test::Failed;
using test::MetadataOf;

TEST(ApiError, CarriesItsReasonAndMetadata) {
  const absl::Status status =
      MakeError(v1::ERROR_REASON_CURSOR_TOO_OLD, "too old", {{"oldest_cursor", "abc"}});
  EXPECT_THAT(status, Failed(v1::ERROR_REASON_CURSOR_TOO_OLD));
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(MetadataOf(status, "oldest_cursor"), "abc");
}

TEST(ApiError, TakesMoreMetadataLater) {
  const absl::Status status =
      WithMetadata(MakeError(v1::ERROR_REASON_DRAINING, "stopping", {{"a", "1"}}), "cursor", "abc");
  EXPECT_EQ(MetadataOf(status, "a"), "1");
  EXPECT_EQ(MetadataOf(status, "cursor"), "abc");
  EXPECT_EQ(WithMetadata(absl::OkStatus(), "cursor", "abc"), absl::OkStatus());
  EXPECT_EQ(WithMetadata(absl::CancelledError("x"), "cursor", "abc"), absl::CancelledError("x"));
}

TEST(ApiError, CutsLongTextsBetweenCharacters) {
  std::string umlauts = "x";
  while (umlauts.size() < 2 * kErrorMessageBytesMax) umlauts += "\xC3\xBC";
  const absl::Status status =
      MakeError(v1::ERROR_REASON_SOURCE_UNKNOWN, umlauts, {{"source", umlauts}});
  EXPECT_EQ(status.message().size(), kErrorMessageBytesMax - 1);
  EXPECT_TRUE(IsUtf8(FromAbsl(status.message())));
  EXPECT_EQ(MetadataOf(status, "source").size(), kErrorValueBytesMax - 1);
  EXPECT_TRUE(IsUtf8(MetadataOf(status, "source")));
}

TEST(ApiError, GivesStoragesErrorsAReason) {
  EXPECT_OK(FromStorage(absl::OkStatus()));
  EXPECT_THAT(FromStorage(absl::UnavailableError("reopening")),
              Failed(v1::ERROR_REASON_STORE_UNAVAILABLE));
  EXPECT_THAT(FromStorage(absl::DataLossError("row 7")), Failed(v1::ERROR_REASON_DATA_DAMAGED));
  EXPECT_THAT(FromStorage(absl::InvalidArgumentError("too wide")),
              Failed(v1::ERROR_REASON_TOO_MANY_VALUES));
  EXPECT_THAT(FromStorage(absl::NotFoundError("row 7")), Failed(v1::ERROR_REASON_INTERNAL));
  EXPECT_THAT(FromStorage(MakeError(v1::ERROR_REASON_DRAINING, "stopping")),
              Failed(v1::ERROR_REASON_DRAINING));
}

}  // namespace
}  // namespace mailtrail::server::api
