#ifndef GYRE_BUFFER_TEXT_H_
#define GYRE_BUFFER_TEXT_H_

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "runtime/engine/environment.h"
#include "runtime/glue/external_string.h"
#include "v8.h"

// JavaScript strings from bytes. A result is empty, and nothing is thrown, when the string would be
// too long.

namespace gyre {

using MaybeString = v8::MaybeLocal<v8::String>;

// Latin-1.
MaybeString CopyOneByte(Environment& env, std::span<const uint8_t> bytes);

MaybeString CopyTwoByte(Environment& env, std::u16string text);

// Invalid sequences become U+FFFD as the Encoding Standard has it.
MaybeString DecodeUtf8(Environment& env, std::span<const uint8_t> bytes);

// The string, or undefined when there is none: JavaScript makes the error.
v8::Local<v8::Value> OrUndefined(Environment& env, MaybeString string);

// Up to this size text is assembled on the stack.
inline constexpr size_t kStackText = 4096;

// A one-byte string of known length whose characters `write(char*)` produces.
template <class Write>
MaybeString MakeOneByte(Environment& env, size_t length, Write&& write) {
  if (length > v8::String::kMaxLength) return {};
  if (length <= kStackText) {
    char text[kStackText];
    write(text);
    return v8::String::NewFromOneByte(env.isolate(), reinterpret_cast<const uint8_t*>(text),
                                      v8::NewStringType::kNormal, static_cast<int>(length));
  }
  std::string text(length, '\0');
  write(text.data());
  return ExternalOneByteString(env, std::move(text));
}

}  // namespace gyre

#endif  // GYRE_BUFFER_TEXT_H_
