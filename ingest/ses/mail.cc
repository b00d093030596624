#include "ingest/ses/mail.h"

#include <utility>

#include "ingest/ses/canonical.h"
#include "ingest/ses/decoder.h"
#include "storage/base/status.h"
#include "storage/mail/message_id.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::ingest::ses {
namespace {

absl::Status DecodeRequired(const Object& json, storage::v1::Mail& mail) {
  const std::optional<std::string> message_id = TextAt(json, "messageId");
  if (!message_id) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kNoMessageId);
  }
  if (!mail::IsMessageId(*message_id)) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kBadMessageId, ": ",
                      message_id->size(), " bytes");
  }
  const std::optional<std::string> timestamp = TextAt(json, "timestamp");
  if (!timestamp) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kNoSentTime);
  }
  const std::optional<UnixMillis> sent = ParseTime(*timestamp);
  if (!sent) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kBadSentTime);
  }
  mail.set_message_id(*message_id);
  mail.set_timestamp_ms(sent->value);
  return absl::OkStatus();
}

void DecodeCommonHeaders(const Object& json, storage::v1::CommonHeaders& headers) {
  *headers.mutable_from() = TextsAt(json, "from");
  *headers.mutable_to() = TextsAt(json, "to");
  *headers.mutable_cc() = TextsAt(json, "cc");
  *headers.mutable_bcc() = TextsAt(json, "bcc");
  *headers.mutable_sender() = TextsAt(json, "sender");
  *headers.mutable_reply_to() = TextsAt(json, "replyTo");
  headers.set_return_path(TextOrEmpty(json, "returnPath"));
  headers.set_date(TextOrEmpty(json, "date"));
  headers.set_message_id(TextOrEmpty(json, "messageId"));
  if (std::optional<std::string> subject = TextAt(json, "subject")) {
    headers.set_subject(*std::move(subject));
  }
}

Headers DecodeHeaders(const Object& mail) {
  Headers headers;
  for (const Object& item : ObjectsAt(mail, "headers")) {
    const std::optional<std::string> name = TextAt(item, "name");
    const std::optional<std::string> value = TextAt(item, "value");
    if (name && value) {
      storage::v1::Header& header = headers.emplace_back();
      header.set_name(*name);
      header.set_value(*value);
    }
  }
  return headers;
}

// The delivered mail's Message-ID is SES's own, and some events show it instead of the sender's.
bool IsSesId(std::string_view header_message_id, std::string_view message_id) {
  return mail::ParseMessageId(header_message_id) == message_id;
}

// The sender's own, as written. Event publishing has SES's id in commonHeaders, identity
// notifications the sender's.
std::string HeaderMessageId(const storage::v1::Mail& mail, const Headers& headers,
                            storage::v1::Form form) {
  for (const storage::v1::Header& header : headers) {
    if (mail::NormalHeaderName(header.name()) == "message-id" &&
        !IsSesId(header.value(), mail.message_id())) {
      return header.value();
    }
  }
  const std::string& common = mail.common_headers().message_id();
  const bool own =
      form == storage::v1::FORM_IDENTITY_NOTIFICATION && !IsSesId(common, mail.message_id());
  return own ? common : std::string();
}

}  // namespace

absl::StatusOr<Headers> DecodeMail(const Object& json, storage::v1::Form form, Event& event) {
  storage::v1::Mail& mail = *event.mutable_mail();
  MT_RETURN_IF_ERROR(CheckUniqueKeys(json));
  MT_RETURN_IF_ERROR(DecodeRequired(json, mail));
  mail.set_source(TextOrEmpty(json, "source"));
  mail.set_source_arn(TextOrEmpty(json, "sourceArn"));
  mail.set_source_ip(TextOrEmpty(json, "sourceIp"));
  mail.set_caller_identity(TextOrEmpty(json, "callerIdentity"));
  mail.set_sending_account_id(TextOrEmpty(json, "sendingAccountId"));
  *mail.mutable_destination() = TextsAt(json, "destination");
  if (const std::optional<bool> truncated = BoolAt(json, "headersTruncated")) {
    mail.set_headers_truncated(*truncated);
  }
  if (const std::optional<Object> common = ObjectAt(json, "commonHeaders")) {
    DecodeCommonHeaders(*common, *mail.mutable_common_headers());
  }
  *mail.mutable_tags() = TagsAt(json, "tags");
  Headers headers = DecodeHeaders(json);
  mail.set_header_message_id(HeaderMessageId(mail, headers, form));
  return headers;
}

}  // namespace mailtrail::ingest::ses
