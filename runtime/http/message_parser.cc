#include "runtime/http/message_parser.h"

#include <strings.h>

#include <cstring>
#include <string_view>

namespace gyre {

MessageParser::MessageParser(llhttp_type_t type, size_t max_head_size, uint32_t max_headers,
                             uint32_t leniency)
    : max_head_size_(max_head_size), max_headers_(max_headers) {
  llhttp_init(&llhttp_, type, &Settings());
  llhttp_.data = this;
  if (leniency & kLenientHeaders) llhttp_set_lenient_headers(&llhttp_, 1);
  if (leniency & kLenientFraming) {
    llhttp_set_lenient_chunked_length(&llhttp_, 1);
    llhttp_set_lenient_keep_alive(&llhttp_, 1);
    llhttp_set_lenient_transfer_encoding(&llhttp_, 1);
    llhttp_set_lenient_version(&llhttp_, 1);
    llhttp_set_lenient_data_after_close(&llhttp_, 1);
    llhttp_set_lenient_optional_lf_after_cr(&llhttp_, 1);
    llhttp_set_lenient_optional_cr_before_lf(&llhttp_, 1);
    llhttp_set_lenient_optional_crlf_after_chunk(&llhttp_, 1);
    llhttp_set_lenient_spaces_after_chunk_size(&llhttp_, 1);
  }
}

const llhttp_settings_t& MessageParser::Settings() {
  static const llhttp_settings_t settings = [] {
    llhttp_settings_t s;
    llhttp_settings_init(&s);
    s.on_message_begin = [](llhttp_t* p) { return From(p).BeginMessage(); };
    s.on_url = [](llhttp_t* p, const char* at, size_t size) {
      From(p).url_.append(at, size);
      return From(p).Count(at, size);
    };
    s.on_status = [](llhttp_t* p, const char* at, size_t size) {
      From(p).status_message_.append(at, size);
      return From(p).Count(at, size);
    };
    s.on_header_field = [](llhttp_t* p, const char* at, size_t size) {
      From(p).headers_.append(at, size);
      return From(p).Count(at, size);
    };
    s.on_header_field_complete = [](llhttp_t* p) {
      From(p).headers_.push_back('\n');
      From(p).value_start_ = From(p).headers_.size();
      return 0;
    };
    s.on_header_value = [](llhttp_t* p, const char* at, size_t size) {
      From(p).headers_.append(at, size);
      return From(p).Count(at, size);
    };
    s.on_header_value_complete = [](llhttp_t* p) { return From(p).EndHeaderValue(); };
    s.on_headers_complete = [](llhttp_t* p) { return From(p).EndHead(); };
    s.on_chunk_extension_name = [](llhttp_t* p, const char* at, size_t size) {
      return From(p).Count(at, size);
    };
    s.on_chunk_extension_value = [](llhttp_t* p, const char* at, size_t size) {
      return From(p).Count(at, size);
    };
    s.on_chunk_header = [](llhttp_t* p) {
      // What follows the last chunk are trailers: a head of their own.
      From(p).head_size_ = 0;
      return 0;
    };
    s.on_body = [](llhttp_t* p, const char* at, size_t size) {
      From(p).seen_ = at + size;
      From(p).OnBody(at, size);
      return 0;
    };
    s.on_message_complete = [](llhttp_t* p) { return From(p).EndMessage(); };
    return s;
  }();
  return settings;
}

int MessageParser::BeginMessage() {
  in_message_ = true;
  head_complete_ = false;
  head_size_ = 0;
  header_count_ = 0;
  url_.clear();
  status_message_.clear();
  headers_.clear();
  name_start_ = 0;
  has_host_ = false;
  has_expect_ = false;
  OnMessageBegin();
  return 0;
}

int MessageParser::Count(const char* at, size_t size) {
  seen_ = at + size;
  head_size_ += size;
  if (head_size_ < max_head_size_) return 0;
  // Chunk extensions are counted with the head's limit and named on their own.
  return Fail(head_complete_ && llhttp_.content_length != 0
                  ? "HPE_CHUNK_EXTENSIONS_OVERFLOW:Chunk extensions overflow"
                  : "HPE_HEADER_OVERFLOW:Header overflow");
}

int MessageParser::Fail(const char* code_and_reason) {
  failure_ = code_and_reason;
  return HPE_USER;
}

int MessageParser::EndHeaderValue() {
  while (headers_.size() > value_start_ && (headers_.back() == ' ' || headers_.back() == '\t'))
    headers_.pop_back();
  headers_.push_back('\n');
  if (++header_count_ > max_headers_ && max_headers_ > 0 && !head_complete_)
    return Fail("HPE_HEADER_OVERFLOW:Header overflow");
  const std::string_view name(headers_.data() + name_start_, value_start_ - name_start_ - 1);
  if (name.size() == 4 && strncasecmp(name.data(), "host", 4) == 0) has_host_ = true;
  if (name.size() == 6 && strncasecmp(name.data(), "expect", 6) == 0) has_expect_ = true;
  name_start_ = headers_.size();
  return 0;
}

std::string_view MessageParser::header_block() const {
  return headers_.empty() ? std::string_view()
                          : std::string_view(headers_.data(), headers_.size() - 1);
}

int MessageParser::EndHead() {
  head_complete_ = true;
  const int verdict = OnHead();
  // llhttp takes an upgrade for granted when the headers ask for one; here somebody must have
  // agreed.
  if (verdict != 2) llhttp_.upgrade = 0;
  headers_.clear();
  name_start_ = 0;
  header_count_ = 0;
  head_size_ = 0;
  return verdict;
}

int MessageParser::EndMessage() {
  in_message_ = false;
  OnMessageComplete();
  return 0;
}

size_t MessageParser::Execute(const char* data, size_t size) {
  seen_ = data;
  end_ = data + size;
  const llhttp_errno_t result = llhttp_execute(&llhttp_, data, size);
  seen_ = end_ = nullptr;
  if (result == HPE_OK) return size;
  const size_t parsed = llhttp_get_error_pos(&llhttp_) - data;
  if (result == HPE_PAUSED_UPGRADE) {
    llhttp_resume_after_upgrade(&llhttp_);
    upgraded_ = true;
    return parsed;
  }
  TakeError(result, data);
  return parsed;
}

bool MessageParser::Finish() {
  // llhttp_finish() sets the reason of a failure but not the parser's error.
  const llhttp_errno_t result = llhttp_finish(&llhttp_);
  if (result == HPE_OK) return true;
  TakeError(result, nullptr);
  return false;
}

void MessageParser::TakeError(llhttp_errno_t code, const char* data) {
  failed_ = true;
  const char* reason = failure_ != nullptr ? failure_ : llhttp_get_error_reason(&llhttp_);
  error_.parsed = data == nullptr ? 0 : llhttp_get_error_pos(&llhttp_) - data;
  const char* colon = failure_ != nullptr ? std::strchr(reason, ':') : nullptr;
  if (colon != nullptr) {
    error_.code.assign(reason, colon - reason);
    error_.reason = colon + 1;
  } else {
    error_.code = llhttp_errno_name(code);
    error_.reason = reason != nullptr ? reason : "";
    // As the releases of llhttp after ours say it.
    if (error_.reason == "Expected HTTP/") error_.reason = "Expected HTTP/, RTSP/ or ICE/";
  }
}

}  // namespace gyre
