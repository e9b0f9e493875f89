#ifndef GYRE_HTTP_JS_PARSER_H_
#define GYRE_HTTP_JS_PARSER_H_

#include <cstdint>
#include <memory>

#include "runtime/glue/binding.h"
#include "runtime/http/message_parser.h"
#include "v8.h"

namespace gyre {

// The parser for JavaScript to drive: the client's, and the server's over streams that are not
// native. Its methods:
//   new Parser(isResponse, maxHeadSize, maxHeaders, leniency)
//   execute(uint8Array)   bytes taken, or -1: then error() is [code, reason, parsed]; calls
//     this.onhead(methodOrStatus, urlOrStatusMessage, headerBlock, flags) -> 0, 1 (no body), 2
//     (upgrade)
//       flags as the server's connection has them (http_connection.cc)
//     this.onbody(arrayBuffer)    a part of the body
//     this.oncomplete(trailerBlock)
//   finish()              the connection ended: true when that was between messages
//   inMessage headComplete upgraded    getters
class JsParser final : public Collected, public MessageParser {
 public:
  JsParser(Environment& env, v8::Local<v8::Object> self, bool is_response, uint32_t max_head_size,
           uint32_t max_headers, uint32_t leniency);

  v8::MaybeLocal<v8::Value> ExecuteBytes(v8::Local<v8::ArrayBufferView> data);
  v8::MaybeLocal<v8::Value> FinishMessage();
  v8::Local<v8::Value> LastError();
  bool InMessage() const { return in_message(); }
  bool HeadComplete() const { return head_complete(); }
  bool Upgraded() const { return upgraded(); }

 private:
  int OnHead() override;
  void OnBody(const char* data, size_t size) override;
  void OnMessageComplete() override;
  v8::Local<v8::ArrayBuffer> Part(const char* data, size_t size);
  v8::MaybeLocal<v8::Value> Call(v8::Local<v8::String> name, int argc, v8::Local<v8::Value>* argv);

  // Where the bytes are that are being parsed; null when they were copied.
  std::shared_ptr<v8::BackingStore> memory_;
  bool threw_ = false;
};

}  // namespace gyre

#endif  // GYRE_HTTP_JS_PARSER_H_
