#include "ingest/http/request_parser.h"

#include <algorithm>

#include "ingest/http/limits.h"

namespace mailtrail::ingest::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;

std::string_view ToStd(beast::string_view text) { return {text.data(), text.size()}; }

bool IsControl(char c) {
  constexpr char kDelete = 0x7f;
  return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == kDelete;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

RequestParser::RequestParser() {
  header_limit(kHeadBytesMax);
  body_limit(boost::none);
}

void RequestParser::BeginBody(std::size_t body_bytes_max) {
  body_limit(body_bytes_max);
  eager(true);
}

bool RequestParser::has_body() const { return !is_done(); }

void RequestParser::on_request_impl(beast::http::verb /*method*/, StringView method_text,
                                    StringView target, int version, ErrorCode& ec) {
  version_ = version;
  request_.method = ToStd(method_text);
  request_.target = ToStd(target);
  if (!std::all_of(target.begin(), target.end(), IsAscii)) {
    ec = beast::http::error::bad_target;
  }
}

void RequestParser::on_response_impl(int /*code*/, StringView /*reason*/, int /*version*/,
                                     ErrorCode& ec) {
  ec = beast::http::error::bad_version;
}

void RequestParser::on_field_impl(field name, StringView name_text, StringView value,
                                  ErrorCode& ec) {
  if (in_trailer_) {
    return;
  }
  if (request_.headers.size() == kHeaderFieldsMax) {
    ec = beast::http::error::header_limit;
    return;
  }
  switch (name) {
    case field::content_length:
      // A list of equal numbers is lawful, and a favourite of request smugglers.
      if (++content_lengths_ > 1 || !std::all_of(value.begin(), value.end(), IsDigit)) {
        ec = beast::http::error::bad_content_length;
      }
      break;
    case field::transfer_encoding:
      if (http10() || !beast::iequals(value, "chunked")) {
        ec = beast::http::error::bad_transfer_encoding;
      }
      break;
    case field::content_encoding:
      encoded_ = encoded_ || !(value.empty() || beast::iequals(value, "identity"));
      break;
    case field::expect:
      (beast::iequals(value, "100-continue") ? expects_continue_ : expects_other_) = true;
      break;
    case field::host:
      ++hosts_;
      break;
    default:
      break;
  }
  request_.headers.Add(ToStd(name_text), ToStd(value));
}

void RequestParser::on_header_impl(ErrorCode& ec) {
  in_trailer_ = true;
  if (hosts_ > 1 || (hosts_ == 0 && !http10())) {
    ec = beast::http::error::bad_field;
  }
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& content_length,
                                      ErrorCode& /*ec*/) {
  // A length is a claim: memory for a large one comes with its bytes.
  constexpr std::uint64_t kReserveMax = 64 * 1024;
  request_.body.reserve(std::min(content_length.value_or(0), kReserveMax));
}

std::size_t RequestParser::on_body_impl(StringView body, ErrorCode& /*ec*/) {
  request_.body.append(body.data(), body.size());
  return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t /*size*/, StringView extensions,
                                         ErrorCode& ec) {
  // Beast lets a quoted value hold a bare line feed, where a laxer proxy sees the line's end.
  if (std::any_of(extensions.begin(), extensions.end(), IsControl)) {
    ec = beast::http::error::bad_chunk_extension;
  }
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t /*remain*/, StringView body,
                                              ErrorCode& /*ec*/) {
  request_.body.append(body.data(), body.size());
  return body.size();
}

void RequestParser::on_finish_impl(ErrorCode& /*ec*/) {}

}  // namespace mailtrail::ingest::http
