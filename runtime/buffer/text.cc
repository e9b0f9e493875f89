#include "runtime/buffer/text.h"

#include <limits>

#include "simdutf.h"

namespace gyre {
namespace {

// From this size on a string is made over memory of its own instead of being copied into the
// JavaScript heap.
constexpr size_t kExternalThreshold = 1 << 20;
MaybeString DecodeInvalidUtf8(Environment& env, std::span<const uint8_t> bytes) {
  if (bytes.size() > static_cast<size_t>(std::numeric_limits<int>::max())) return {};
  return v8::String::NewFromUtf8(env.isolate(), reinterpret_cast<const char*>(bytes.data()),
                                 v8::NewStringType::kNormal, static_cast<int>(bytes.size()));
}

}  // namespace

v8::Local<v8::Value> OrUndefined(Environment& env, MaybeString string) {
  v8::Local<v8::String> local;
  if (string.ToLocal(&local)) return local;
  return v8::Undefined(env.isolate());
}

MaybeString CopyOneByte(Environment& env, std::span<const uint8_t> bytes) {
  if (bytes.size() > v8::String::kMaxLength) return {};
  if (bytes.size() >= kExternalThreshold) {
    return ExternalOneByteString(env, std::string(bytes.begin(), bytes.end()));
  }
  return v8::String::NewFromOneByte(env.isolate(), bytes.data(), v8::NewStringType::kNormal,
                                    static_cast<int>(bytes.size()));
}

MaybeString CopyTwoByte(Environment& env, std::u16string text) {
  if (text.size() > v8::String::kMaxLength) return {};
  if (text.size() * 2 >= kExternalThreshold) return ExternalTwoByteString(env, std::move(text));
  return v8::String::NewFromTwoByte(env.isolate(), reinterpret_cast<const uint16_t*>(text.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(text.size()));
}

MaybeString DecodeUtf8(Environment& env, std::span<const uint8_t> bytes) {
  const char* data = reinterpret_cast<const char*>(bytes.data());
  if (simdutf::validate_ascii(data, bytes.size())) return CopyOneByte(env, bytes);
  if (bytes.size() <= kStackText) {
    // Text in western languages fits Latin-1, which halves its memory.
    char text[kStackText];
    const simdutf::result result =
        simdutf::convert_utf8_to_latin1_with_errors(data, bytes.size(), text);
    if (result.error == simdutf::SUCCESS) {
      return v8::String::NewFromOneByte(env.isolate(), reinterpret_cast<const uint8_t*>(text),
                                        v8::NewStringType::kNormal, static_cast<int>(result.count));
    }
    return DecodeInvalidUtf8(env, bytes);
  }
  if (!simdutf::validate_utf8(data, bytes.size())) return DecodeInvalidUtf8(env, bytes);
  const size_t length = simdutf::utf16_length_from_utf8(data, bytes.size());
  if (length > v8::String::kMaxLength) return {};
  std::string latin1(length, '\0');
  const size_t written = simdutf::convert_utf8_to_latin1(data, bytes.size(), latin1.data());
  if (written == length) return ExternalOneByteString(env, std::move(latin1));
  std::u16string utf16(length, u'\0');
  (void)simdutf::convert_valid_utf8_to_utf16(data, bytes.size(), utf16.data());
  return CopyTwoByte(env, std::move(utf16));
}

}  // namespace gyre
