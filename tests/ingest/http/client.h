#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mailtrail::ingest::http {

struct Reply {
  int status = 0;  // 0: the connection ended before a whole reply came.
  // Names in lower case.
  std::map<std::string, std::string> headers;
  std::string body;
};

enum class Expected { kBody, kNoBody };

// A blocking client on loopback that sends exactly the bytes it is told to. Waits at most 20 s.
class Client {
 public:
  explicit Client(std::uint16_t port);
  // Connects later, by Connect(): for tests that are short of file descriptors.
  Client();
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void Connect(std::uint16_t port);
  // False when the peer has closed.
  bool Send(std::string_view bytes);
  // kNoBody: for the reply to a HEAD.
  Reply Read(Expected expected = Expected::kBody);
  Reply Ask(std::string_view bytes) {
    Send(bytes);
    return Read();
  }
  // Something, be it the end, can be read within `millis`.
  [[nodiscard]] bool ReadableWithin(int millis) const;
  // True when the peer closes without another byte.
  bool AtEnd();
  // Reads to the end; how many bytes came.
  std::size_t Skip();
  // The server sees the end; replies can still be read.
  void CloseSend();
  void Close();

 private:
  bool Fill();

  int fd_ = -1;
  std::string buffer_;
};

// "POST <path>" with a length, on a connection that is kept.
std::string Post(std::string_view path, std::string_view body);
// The body as chunks of at most `chunk_bytes`, with the blank line that ends them.
std::string Chunked(std::string_view body, std::size_t chunk_bytes);

}  // namespace mailtrail::ingest::http
