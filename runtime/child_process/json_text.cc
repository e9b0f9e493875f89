#include "runtime/child_process/json_text.h"

#include <algorithm>

namespace gyre {
namespace {

bool IsLead(uint32_t unit) { return (unit & 0xFC00) == 0xD800; }
bool IsTrail(uint32_t unit) { return (unit & 0xFC00) == 0xDC00; }

void AppendUtf8(uint32_t point, std::string* out) {
  auto tail = [&](int shift) { out->push_back(static_cast<char>(0x80 | (point >> shift & 0x3F))); };
  if (point < 0x80) {
    out->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out->push_back(static_cast<char>(0xC0 | point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | point >> 12));
    tail(6);
    tail(0);
  } else {
    out->push_back(static_cast<char>(0xF0 | point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

void AppendUnicodeEscape(uint32_t unit, std::string* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  out->append("\\u");
  for (int shift = 12; shift >= 0; shift -= 4) out->push_back(kDigits[unit >> shift & 0xF]);
}

// One code unit that is no surrogate.
void AppendUnit(uint32_t unit, std::string* out) {
  constexpr char kShort[] = "btn\0fr";  // \b is 8
  if (unit == '"' || unit == '\\') {
    out->push_back('\\');
    out->push_back(static_cast<char>(unit));
  } else if (unit >= 0x20) {
    AppendUtf8(unit, out);
  } else if (unit >= '\b' && unit <= '\r' && kShort[unit - '\b'] != '\0') {
    out->push_back('\\');
    out->push_back(kShort[unit - '\b']);
  } else {
    AppendUnicodeEscape(unit, out);
  }
}

// True when Latin-1 text is its own UTF-8, or its own JSON. Without a branch for each byte, so that
// the compiler looks at many at a time.
template <bool json>
bool IsPlain(std::span<const uint8_t> text) {
  uint8_t special = 0;
  for (uint8_t byte : text) {
    special |= static_cast<uint8_t>(byte >= 0x80);
    if (json) special |= static_cast<uint8_t>((byte < 0x20) | (byte == '"') | (byte == '\\'));
  }
  return special == 0;
}

template <bool json>
void Append(std::span<const uint8_t> text, std::string* out) {
  constexpr size_t kBlock = 512;
  while (!text.empty()) {
    const std::span block = text.first(std::min(kBlock, text.size()));
    if (IsPlain<json>(block)) {
      out->append(reinterpret_cast<const char*>(block.data()), block.size());
    } else {
      for (uint8_t byte : block) json ? AppendUnit(byte, out) : AppendUtf8(byte, out);
    }
    text = text.subspan(block.size());
  }
}

template <bool json>
void Append(std::span<const uint16_t> text, std::string* out) {
  constexpr uint32_t kReplacement = 0xFFFD;
  for (size_t i = 0; i < text.size(); i++) {
    const uint32_t unit = text[i];
    if (IsLead(unit) && i + 1 < text.size() && IsTrail(text[i + 1])) {
      AppendUtf8(0x10000 + ((unit & 0x3FF) << 10 | (text[++i] & 0x3FFu)), out);
    } else if (IsLead(unit) || IsTrail(unit)) {
      json ? AppendUnicodeEscape(unit, out) : AppendUtf8(kReplacement, out);
    } else {
      json ? AppendUnit(unit, out) : AppendUtf8(unit, out);
    }
  }
}

}  // namespace

void AppendText(std::span<const uint8_t> text, std::string* utf8) { Append<false>(text, utf8); }
void AppendText(std::span<const uint16_t> text, std::string* utf8) { Append<false>(text, utf8); }
void AppendJsonText(std::span<const uint8_t> text, std::string* json) { Append<true>(text, json); }
void AppendJsonText(std::span<const uint16_t> text, std::string* json) { Append<true>(text, json); }

}  // namespace gyre
