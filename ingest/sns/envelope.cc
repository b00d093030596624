#include "ingest/sns/envelope.h"

#include <algorithm>
#include <utility>

#include "ingest/sns/base64.h"
#include "ingest/sns/field_forms.h"
#include "ingest/sns/limits.h"
#include "simdjson.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

namespace dom = simdjson::dom;

constexpr std::array<std::pair<std::string_view, MessageType>, 3> kTypes = {{
    {"Notification", MessageType::kNotification},
    {"SubscriptionConfirmation", MessageType::kSubscriptionConfirmation},
    {"UnsubscribeConfirmation", MessageType::kUnsubscribeConfirmation},
}};

// One reader a thread: its buffers cost more than a parse. It keeps nothing that a later parse
// sees.
dom::parser& ParserOfThisThread() {
  thread_local dom::parser parser;
  return parser;
}

OrRefused<dom::object> ParseObject(std::string_view body) {
  if (body.size() > kBodyBytesMax) return Refused{Refusal::kBodyTooLarge, ""};
  // simdjson's later versions skip a byte order mark.
  if (body.starts_with("\xEF\xBB\xBF")) return Refused{Refusal::kNotJson, "byte order mark"};
  dom::parser& parser = ParserOfThisThread();
  if (parser.capacity() < body.size() || parser.max_depth() != kEnvelopeDepthMax) {
    const simdjson::error_code error = parser.allocate(body.size(), kEnvelopeDepthMax);
    if (error != simdjson::SUCCESS) {
      return Refused{Refusal::kNotJson, simdjson::error_message(error)};
    }
  }
  dom::element root;
  const simdjson::error_code error = parser.parse(body.data(), body.size()).get(root);
  if (error == simdjson::DEPTH_ERROR) return Refused{Refusal::kTooDeep, ""};
  if (error != simdjson::SUCCESS) return Refused{Refusal::kNotJson, simdjson::error_message(error)};
  dom::object object;
  if (root.get_object().get(object) != simdjson::SUCCESS) return Refused{Refusal::kNotObject, ""};
  return object;
}

// An object's members, and the first thing found wrong with them: read everything, then ask once.
class Fields {
 public:
  explicit Fields(dom::object object) {
    for (const dom::key_value_pair member : object) {
      if (count_ == members_.size()) Refuse(Refusal::kTooManyMembers);
      if (Find(member.key) != nullptr) Refuse(Refusal::kDuplicateMember);
      if (refused_) return;
      members_.at(count_++) = {member.key, member.value};
    }
  }

  // A member that must be there, as text.
  std::string_view Text(std::string_view name) {
    const dom::element* const value = Find(name);
    if (value == nullptr) {
      Refuse(Refusal::kMissingField, name);
      return {};
    }
    return AsText(*value, name);
  }

  // The same for one that may be absent or null.
  std::optional<std::string_view> OptionalText(std::string_view name) {
    const dom::element* const value = Find(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    return AsText(*value, name);
  }

  void Check(bool good, std::string_view name) {
    if (!good) Refuse(Refusal::kFieldForm, name);
  }
  void CheckAbsent(std::string_view name) {
    const dom::element* const value = Find(name);
    if (value != nullptr && !value->is_null()) Refuse(Refusal::kUnexpectedField, name);
  }
  // Only the first refusal counts.
  void Refuse(Refusal reason, std::string_view detail = {}) {
    if (!refused_) refused_ = Refused{reason, std::string(detail)};
  }

  [[nodiscard]] const std::optional<Refused>& refused() const { return refused_; }

 private:
  [[nodiscard]] const dom::element* Find(std::string_view name) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (members_.at(i).first == name) return &members_.at(i).second;
    }
    return nullptr;
  }

  std::string_view AsText(const dom::element& value, std::string_view name) {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) Refuse(Refusal::kFieldNotText, name);
    return text;
  }

  std::array<std::pair<std::string_view, dom::element>, kEnvelopeMembersMax> members_;
  std::size_t count_ = 0;
  std::optional<Refused> refused_;
};

void ReadType(Fields& fields, Envelope& envelope) {
  const std::string_view text = fields.Text("Type");
  const auto* const type =
      std::ranges::find(kTypes, text, &std::pair<std::string_view, MessageType>::first);
  if (type == kTypes.end()) return fields.Refuse(Refusal::kUnknownType);
  envelope.type = type->second;
}

void ReadIdentity(Fields& fields, Envelope& envelope) {
  envelope.message_id = fields.Text("MessageId");
  fields.Check(IsUuid(envelope.message_id), "MessageId");
  std::string hex = envelope.message_id;
  std::erase(hex, '-');
  const std::optional<std::string> bytes = HexDecode(hex);
  if (bytes && bytes->size() == envelope.message_id_bytes.size()) {
    std::ranges::copy(*bytes, envelope.message_id_bytes.begin());
  }

  std::optional<TopicArn> topic = ParseTopicArn(fields.Text("TopicArn"));
  fields.Check(topic.has_value(), "TopicArn");
  if (topic) envelope.topic = *std::move(topic);

  envelope.timestamp = fields.Text("Timestamp");
  const std::optional<UnixMillis> time = ParseTime(envelope.timestamp);
  fields.Check(IsTimestampForm(envelope.timestamp) && time.has_value(), "Timestamp");
  envelope.signed_time = time.value_or(UnixMillis{});
}

void ReadContent(Fields& fields, Envelope& envelope) {
  envelope.message = fields.Text("Message");
  if (envelope.type == MessageType::kNotification) {
    envelope.subject = fields.OptionalText("Subject");
    fields.Check(!envelope.subject || IsSubject(*envelope.subject), "Subject");
    fields.CheckAbsent("Token");
    fields.CheckAbsent("SubscribeURL");
    return;
  }
  fields.CheckAbsent("Subject");
  envelope.token = fields.Text("Token");
  fields.Check(IsToken(envelope.token), "Token");
  envelope.subscribe_url = fields.Text("SubscribeURL");
  fields.Check(IsSubscribeUrl(envelope.subscribe_url), "SubscribeURL");
}

void ReadSignature(Fields& fields, Envelope& envelope) {
  const std::string_view version = fields.Text("SignatureVersion");
  if (version != "1" && version != "2") fields.Refuse(Refusal::kUnknownSignatureVersion);
  envelope.signature_version = version == "2" ? SignatureVersion::kSha256 : SignatureVersion::kSha1;

  std::optional<std::string> signature = DecodeBase64(fields.Text("Signature"));
  fields.Check(signature && signature->size() >= kSignatureBytesMin &&
                   signature->size() <= kSignatureBytesMax,
               "Signature");
  envelope.signature = std::move(signature).value_or("");

  envelope.signing_cert_url = fields.Text("SigningCertURL");
}

}  // namespace

std::string_view Name(MessageType type) { return kTypes.at(static_cast<std::size_t>(type)).first; }

OrRefused<Envelope> ParseEnvelope(std::string_view body) {
  OrRefused<dom::object> object = ParseObject(body);
  if (auto* const refused = std::get_if<Refused>(&object)) return std::move(*refused);
  Fields fields(std::get<dom::object>(object));
  Envelope envelope;
  ReadType(fields, envelope);
  ReadIdentity(fields, envelope);
  ReadContent(fields, envelope);
  ReadSignature(fields, envelope);
  if (fields.refused()) return *fields.refused();
  return envelope;
}

}  // namespace mailtrail::ingest::sns
