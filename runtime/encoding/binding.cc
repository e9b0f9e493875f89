#include "runtime/encoding/binding.h"

#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "runtime/buffer/text.h"
#include "runtime/buffer/view_contents.h"
#include "runtime/encoding/decoder.h"
#include "simdutf.h"

namespace gyre {
namespace {

std::unique_ptr<v8::BackingStore> Uninitialized(Environment& env, size_t size) {
  return v8::ArrayBuffer::NewBackingStore(env.isolate(), size,
                                          v8::BackingStoreInitializationMode::kUninitialized);
}

v8::Local<v8::Uint8Array> EncodeUtf8(Environment& env, v8::Local<v8::String> string) {
  const size_t size = string->Utf8Length(env.isolate());
  std::unique_ptr<v8::BackingStore> store = Uninitialized(env, size);
  if (size > 0) {
    string->WriteUtf8(env.isolate(), static_cast<char*>(store->Data()), size,
                      v8::String::WriteFlags::kReplaceInvalidUtf8);
  }
  return v8::Uint8Array::New(v8::ArrayBuffer::New(env.isolate(), std::move(store)), 0, size);
}

// Leaves { units read, bytes written } in `results`.
void EncodeInto(Environment& env, v8::Local<v8::String> string, Bytes target, Bytes results) {
  size_t read = 0;
  const size_t written =
      string->WriteUtf8(env.isolate(), reinterpret_cast<char*>(target.data()), target.size(),
                        v8::String::WriteFlags::kReplaceInvalidUtf8, &read);
  const uint32_t values[] = {static_cast<uint32_t>(read), static_cast<uint32_t>(written)};
  CHECK_EQ(results.size(), sizeof(values));
  std::memcpy(results.data(), values, sizeof(values));
}

v8::Local<v8::Value> OrNull(Environment& env, MaybeString string) {
  v8::Local<v8::String> local;
  if (string.ToLocal(&local)) return local;
  return v8::Null(env.isolate());
}

// A whole text at once. Undefined when it is invalid and that is fatal, null when it is too long
// for a string.
v8::Local<v8::Value> DecodeWholeUtf8(Environment& env, v8::Local<v8::Value> view, bool fatal,
                                     bool ignore_bom) {
  ViewContents contents(view);
  std::span<const uint8_t> bytes = contents.bytes();
  if (!ignore_bom && bytes.size() >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb &&
      bytes[2] == 0xbf) {
    bytes = bytes.subspan(3);
  }
  if (fatal && !simdutf::validate_utf8(reinterpret_cast<const char*>(bytes.data()), bytes.size())) {
    return v8::Undefined(env.isolate());
  }
  return OrNull(env, DecodeUtf8(env, bytes));
}

// The state of a TextDecoder.
class Decoder final : public Collected {
 public:
  Decoder(Environment& env, v8::Local<v8::Object> self, std::string encoding, bool fatal,
          bool ignore_bom)
      : Collected(env, self), decoder_(StreamDecoder::Create(encoding, fatal, ignore_bom)) {}

  bool valid() { return decoder_ != nullptr; }

  // Results as of DecodeWholeUtf8.
  v8::Local<v8::Value> Decode(v8::Local<v8::Value> view, bool flush) {
    std::optional<std::u16string> text;
    {
      ViewContents contents(view);
      text = decoder_->Decode(contents.bytes(), flush);
    }
    if (!text) return v8::Undefined(isolate());
    return OrNull(env(), CopyTwoByte(env(), *std::move(text)));
  }

 private:
  const std::unique_ptr<StreamDecoder> decoder_;
};

}  // namespace

void InitEncoding(BindingBuilder& b) {
  b.Function<EncodeUtf8>("encodeUtf8");
  b.Function<EncodeInto>("encodeInto");
  b.Function<DecodeWholeUtf8>("decodeUtf8");
  b.Class<Decoder>("Decoder")
      .Constructor<std::string, bool, bool>()
      .Getter<&Decoder::valid>("valid")
      .Method<&Decoder::Decode>("decode");
}

}  // namespace gyre
