#pragma once

#include <functional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

namespace mailtrail::ingest::sns {

// Called once, from any thread, with the body of a 200 answer or an error.
using FetchDone = absl::AnyInvocable<void(absl::StatusOr<std::string>)>;

// Gets an https URL, without blocking the caller: TLS verified for the URL's host, no redirects, no
// proxy, only a public address, a body of at most 16 KiB, within about 3 seconds. This module
// decides which URL is asked for; it knows no HTTP.
using FetchFunction = std::function<void(std::string url, FetchDone done)>;

}  // namespace mailtrail::ingest::sns
