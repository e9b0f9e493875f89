#include "fuzz/support/http1_agreement.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/check.h"
#include "fuzz/support/cuts.h"
#include "runtime/http/message_parser.h"

namespace gyre {
namespace {

constexpr size_t kMaxHead = 1024;  // small, so that short inputs meet the limit
constexpr uint32_t kMaxHeaders = 16;

// Writes down, as one text, what a server or client would see.
class Recorder final : public MessageParser {
 public:
  Recorder(llhttp_type_t type, uint32_t leniency)
      : MessageParser(type, kMaxHead, kMaxHeaders, leniency), strict_(leniency == kLenientNone) {}

  std::string log;
  size_t taken = 0;

  // False when nothing more is to be fed.
  bool Feed(const char* data, size_t size) {
    // A copy of its own, so that AddressSanitizer sees a read beyond the piece.
    std::vector<char> piece(data, data + size);
    taken += Execute(piece.data(), piece.size());
    return !failed() && !upgraded();
  }

  // The end of the connection.
  void End() {
    if (!failed() && !upgraded()) Finish();
    if (failed()) log += "error " + error().code + " " + error().reason + "\n";
    if (upgraded()) log += "upgraded after " + std::to_string(taken) + "\n";
  }

 private:
  int OnHead() override {
    const llhttp_t& parser = llhttp();
    if (strict_) CheckHead();
    in_body_ = false;
    log += "head " + std::to_string(parser.method) + " " + std::to_string(parser.status_code) +
           " " + std::to_string(parser.http_major) + "." + std::to_string(parser.http_minor) + " " +
           Printable(url()) + " " + Printable(status_message()) + " " +
           std::to_string(header_count()) + " " + Printable(header_block()) + " host " +
           std::to_string(has_host()) + " expect " + std::to_string(has_expect()) + " keep-alive " +
           std::to_string(llhttp_should_keep_alive(&parser)) + "\n";
    // Every other message's upgrade is taken, the others' are refused.
    return parser.upgrade && (++heads_ % 2) == 1 ? 2 : 0;
  }

  void OnBody(const char* data, size_t size) override {
    if (!in_body_) log += "body ";
    in_body_ = true;
    log += Printable(std::string_view(data, size));
  }

  void OnMessageComplete() override {
    log += "\ncomplete " + std::string(header_block()) + "\n";
    in_body_ = false;
  }

  void CheckHead() {
    const std::string_view block = header_block();
    FUZZ_CHECK(block.find('\r') == std::string_view::npos, log);
    FUZZ_CHECK(block.find('\0') == std::string_view::npos, log);
    FUZZ_CHECK(url().find_first_of(" \r\n") == std::string::npos, log);
    const size_t lines = std::count(block.begin(), block.end(), '\n') + 1;
    FUZZ_CHECK(header_count() == 0 ? block.empty() : lines == 2 * header_count(), Printable(block));
    FUZZ_CHECK(header_count() <= kMaxHeaders, log);
    const uint16_t flags = llhttp().flags;
    FUZZ_CHECK(!(flags & F_CHUNKED) || !(flags & F_CONTENT_LENGTH), Printable(block));
  }

  const bool strict_;
  bool in_body_ = false;
  int heads_ = 0;
};

bool IsOverflow(const Recorder& recorder) {
  return recorder.failed() && recorder.error().code.find("OVERFLOW") != std::string::npos;
}

void CheckSame(const Recorder& whole, const Recorder& cut) {
  // A head that is both too long and wrong may be refused for either.
  if (whole.failed() && cut.failed() && (IsOverflow(whole) || IsOverflow(cut))) return;
  FUZZ_CHECK(whole.log == cut.log, "whole:\n" + whole.log + "\ncut up:\n" + cut.log);
}

void CheckLeniency(llhttp_type_t type, uint32_t leniency, const uint8_t* bytes, size_t size) {
  const char* data = reinterpret_cast<const char*>(bytes);
  Recorder whole(type, leniency);
  whole.Feed(data, size);
  whole.End();

  Recorder single(type, leniency);
  for (size_t i = 0; i < size && single.Feed(data + i, 1); i++) continue;
  single.End();
  CheckSame(whole, single);

  Recorder pieces(type, leniency);
  Cuts cuts(bytes, size);
  for (size_t i = 0; i < size;) {
    const size_t length = std::min(cuts.Next(), size - i);
    if (!pieces.Feed(data + i, length)) break;
    i += length;
  }
  pieces.End();
  CheckSame(whole, pieces);
}

}  // namespace

void CheckHttp1Agreement(llhttp_type_t type, const uint8_t* data, size_t size) {
  CheckLeniency(type, MessageParser::kLenientNone, data, size);
  CheckLeniency(type, MessageParser::kLenientHeaders | MessageParser::kLenientFraming, data, size);
}

}  // namespace gyre
