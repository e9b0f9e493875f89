#include "runtime/inspector/messages.h"

#include <cstdio>

#include "absl/strings/ascii.h"
#include "simdutf.h"

namespace gyre {
namespace {

// Past the string literal that begins at `position`, which is at its opening quote.
size_t SkipString(std::string_view json, size_t position) {
  for (position++; position < json.size() && json[position] != '"'; position++) {
    if (json[position] == '\\') position++;
  }
  return position + 1;
}

size_t SkipSpace(std::string_view json, size_t position) {
  while (position < json.size() && absl::ascii_isspace(json[position])) position++;
  return position;
}

}  // namespace

InspectorText::InspectorText(std::string_view utf8) {
  if (simdutf::validate_ascii(utf8.data(), utf8.size())) {
    ascii_ = utf8;
    return;
  }
  wide_.resize(simdutf::utf16_length_from_utf8(utf8.data(), utf8.size()));
  wide_.resize(simdutf::convert_utf8_to_utf16le(utf8.data(), utf8.size(), wide_.data()));
}

v8_inspector::StringView InspectorText::view() const {
  if (!wide_.empty()) {
    return v8_inspector::StringView(reinterpret_cast<const uint16_t*>(wide_.data()), wide_.size());
  }
  return v8_inspector::StringView(reinterpret_cast<const uint8_t*>(ascii_.data()), ascii_.size());
}

std::string Utf8Of(const v8_inspector::StringView& text) {
  std::string utf8;
  if (text.is8Bit()) {
    const char* latin1 = reinterpret_cast<const char*>(text.characters8());
    utf8.resize(simdutf::utf8_length_from_latin1(latin1, text.length()));
    utf8.resize(simdutf::convert_latin1_to_utf8(latin1, text.length(), utf8.data()));
    return utf8;
  }
  // Lone surrogates become U+FFFD: a frontend that gets broken UTF-8 hangs up.
  std::u16string wide(text.length(), u'\0');
  simdutf::to_well_formed_utf16le(reinterpret_cast<const char16_t*>(text.characters16()),
                                  text.length(), wide.data());
  utf8.resize(simdutf::utf8_length_from_utf16le(wide.data(), wide.size()));
  utf8.resize(simdutf::convert_utf16le_to_utf8(wide.data(), wide.size(), utf8.data()));
  return utf8;
}

v8::Local<v8::String> ToV8String(v8::Isolate* isolate, const v8_inspector::StringView& text) {
  const int length = static_cast<int>(text.length());
  return (text.is8Bit() ? v8::String::NewFromOneByte(isolate, text.characters8(),
                                                     v8::NewStringType::kNormal, length)
                        : v8::String::NewFromTwoByte(isolate, text.characters16(),
                                                     v8::NewStringType::kNormal, length))
      .ToLocalChecked();
}

std::string_view MessageField(std::string_view json, std::string_view key) {
  int depth = 0;
  for (size_t i = 0; i < json.size();) {
    const char c = json[i];
    if (c == '{' || c == '[') depth++;
    if (c == '}' || c == ']') depth--;
    if (c != '"') {
      i++;
      continue;
    }
    const size_t end = SkipString(json, i);
    const std::string_view name = end <= json.size() ? json.substr(i + 1, end - i - 2) : "";
    i = SkipSpace(json, end);
    if (depth != 1 || name != key || i >= json.size() || json[i] != ':') continue;
    i = SkipSpace(json, i + 1);
    if (i >= json.size() || json[i] != '"') return {};
    const size_t value_end = SkipString(json, i);
    return value_end <= json.size() ? json.substr(i + 1, value_end - i - 2) : "";
  }
  return {};
}

std::string FileUrl(std::string_view path) {
  constexpr std::string_view kEncoded = " \"#%<>?\\^`{|}";
  std::string url = "file://";
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7f && kEncoded.find(c) == std::string_view::npos) {
      url += c;
    } else {
      char escape[8];
      snprintf(escape, sizeof(escape), "%%%02X", byte);
      url += escape;
    }
  }
  return url;
}

}  // namespace gyre
