#pragma once

// Events in disk form for the tests of storage/mail.

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/key_file.h"
#include "storage/mail/fold.h"

namespace mailtrail::test {

// Of the secret 00 01 .. 1f.
[[nodiscard]] StoreKeys TestKeys();

// An event from its text proto. REQUIRES: it parses.
[[nodiscard]] storage::v1::Event FromText(std::string_view text);

// An event with an id made from a number, in one of the two forms.
struct OwnedInput {
  storage::v1::Event event;
  storage::v1::Form form = storage::v1::FORM_EVENT_PUBLISHING;
  mail::Fingerprint fingerprint;
};
[[nodiscard]] OwnedInput Input(std::string_view text, unsigned number,
                               storage::v1::Form form = storage::v1::FORM_EVENT_PUBLISHING);
[[nodiscard]] mail::Fingerprint NumberedFingerprint(unsigned number);

[[nodiscard]] std::vector<mail::FoldInput> Views(const std::vector<OwnedInput>& inputs);
[[nodiscard]] mail::MessageStatus FoldAll(const std::vector<OwnedInput>& inputs);

// Every field in words, so that two results can be compared and shown.
[[nodiscard]] std::string ToText(const mail::MessageStatus& status);

}  // namespace mailtrail::test
