#ifndef GYRE_HTTP_MESSAGE_PARSER_H_
#define GYRE_HTTP_MESSAGE_PARSER_H_

#include <llhttp.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre {

// llhttp with what every user of it needs: the parts of a message's head gathered, the limit on its
// size kept.
class MessageParser {
 public:
  // Bits of `leniency`; JavaScript names them too (binding.cc).
  enum Leniency : uint32_t {
    kLenientNone = 0,
    kLenientHeaders = 1 << 0,  // control characters in header values
    kLenientFraming =
        1 << 1,  // the rest of insecureHTTPParser: lengths, chunks, line ends, versions
  };

  struct Error {
    std::string code;  // HPE_...
    std::string reason;
    size_t parsed = 0;  // bytes of the data that were parsed before it
  };

  // max_headers 0: any number.
  MessageParser(llhttp_type_t type, size_t max_head_size, uint32_t max_headers, uint32_t leniency);
  virtual ~MessageParser() = default;
  MessageParser(const MessageParser&) = delete;
  MessageParser& operator=(const MessageParser&) = delete;

  // Parses; returns the number of bytes taken: all of them, unless the message asks for an upgrade
  // (upgraded() is then true and the rest is another protocol's) or is wrong (error() says how).
  size_t Execute(const char* data, size_t size);
  // The connection ended. False when that was in the middle of a message: see error().
  bool Finish();

  // Whether what is being parsed holds no more than the end of this message: nothing as long as
  // another one. True as well when nothing is being parsed.
  bool NothingFollows() const {
    constexpr ptrdiff_t kShortestMessage = 16;  // GET / HTTP/1.0\r\n
    return end_ - seen_ < kShortestMessage;
  }
  bool upgraded() const { return upgraded_; }
  bool failed() const { return failed_; }
  const Error& error() const { return error_; }
  bool in_message() const { return in_message_; }
  bool head_complete() const { return head_complete_; }
  llhttp_t& llhttp() { return llhttp_; }

 protected:
  // The head is complete: url() or status_message(), header_block() and llhttp()'s fields are valid
  // during the call. As llhttp: 0 go on, 1 no body follows, 2 upgrade.
  virtual int OnHead() = 0;
  virtual void OnBody(const char* data, size_t size) = 0;
  // The message is over; header_block() holds the trailers.
  virtual void OnMessageComplete() = 0;
  virtual void OnMessageBegin() {}

  const std::string& url() const { return url_; }
  const std::string& status_message() const { return status_message_; }
  // "Name\nvalue\nName\nvalue": a header holds no line feed, so one split gives Node's rawHeaders.
  std::string_view header_block() const;
  uint32_t header_count() const { return header_count_; }
  // Whether the head has a header of that name: what every server must know, without making the
  // headers.
  bool has_host() const { return has_host_; }
  bool has_expect() const { return has_expect_; }
  // Ends the parsing with an error of our own.
  int Fail(const char* code_and_reason);

 private:
  static const llhttp_settings_t& Settings();
  static MessageParser& From(llhttp_t* parser) {
    return *static_cast<MessageParser*>(parser->data);
  }
  int BeginMessage();
  int Count(const char* at, size_t size);
  int EndHeaderValue();
  int EndHead();
  int EndMessage();
  void TakeError(llhttp_errno_t code, const char* data);

  llhttp_t llhttp_;
  const size_t max_head_size_;
  const uint32_t max_headers_;
  // Of the data that are being parsed: how far llhttp has told of them, and their end.
  const char* seen_ = nullptr;
  const char* end_ = nullptr;
  size_t head_size_ = 0;
  uint32_t header_count_ = 0;
  bool in_message_ = false;
  bool head_complete_ = false;
  bool upgraded_ = false;
  bool failed_ = false;
  const char* failure_ = nullptr;  // an error of our own: "CODE:reason"
  std::string url_;
  std::string status_message_;
  std::string headers_;
  size_t name_start_ = 0;
  size_t value_start_ = 0;
  bool has_host_ = false;
  bool has_expect_ = false;
  Error error_;
};

}  // namespace gyre

#endif  // GYRE_HTTP_MESSAGE_PARSER_H_
