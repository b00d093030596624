#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "ingest/http/message.h"

namespace mailtrail::ingest::http {

// Parses one request straight into our Request: Beast's parser, without its containers.
//
// Stricter than Beast where RFC 9112 lets a server be, and where two parsers could disagree: one
// Content-Length of digits only, no Transfer-Encoding but "chunked" and none in HTTP/1.0, exactly
// one Host in HTTP/1.1, no control characters in chunk extensions. Trailer fields are dropped.
//
// First put() the head alone (eager is off), then look at it, then BeginBody() and put() the rest.
// Errors: boost::beast::http::error; header_limit for too many fields, body_limit past the limit of
// BeginBody(), else the request is malformed. Not thread-safe.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  RequestParser();

  // `body_bytes_max` limits a chunked body; the caller compares content_length() itself, since it
  // answers other things first.
  void BeginBody(std::size_t body_bytes_max);

  [[nodiscard]] Request& request() { return request_; }
  // The body has been announced, by a length above zero or as chunks.
  [[nodiscard]] bool has_body() const;
  [[nodiscard]] bool has_length() const { return content_lengths_ > 0 || chunked(); }
  [[nodiscard]] bool http10() const { return version_ == kHttp10; }
  [[nodiscard]] bool encoded() const { return encoded_; }
  [[nodiscard]] bool expects_continue() const { return expects_continue_; }
  [[nodiscard]] bool expects_other() const { return expects_other_; }

 private:
  using ErrorCode = boost::beast::error_code;
  using StringView = boost::beast::string_view;
  static constexpr int kHttp10 = 10;

  void on_request_impl(boost::beast::http::verb method, StringView method_text, StringView target,
                       int version, ErrorCode& ec) override;
  void on_response_impl(int code, StringView reason, int version, ErrorCode& ec) override;
  void on_field_impl(boost::beast::http::field name, StringView name_text, StringView value,
                     ErrorCode& ec) override;
  void on_header_impl(ErrorCode& ec) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& content_length,
                         ErrorCode& ec) override;
  std::size_t on_body_impl(StringView body, ErrorCode& ec) override;
  void on_chunk_header_impl(std::uint64_t size, StringView extensions, ErrorCode& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t remain, StringView body, ErrorCode& ec) override;
  void on_finish_impl(ErrorCode& ec) override;

  Request request_;
  int version_ = 0;
  int content_lengths_ = 0;
  int hosts_ = 0;
  bool in_trailer_ = false;
  bool encoded_ = false;
  bool expects_continue_ = false;
  bool expects_other_ = false;
};

}  // namespace mailtrail::ingest::http
