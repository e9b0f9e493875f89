#include "runtime/buffer/codec.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "simdutf.h"

namespace gyre {
namespace {

constexpr uint8_t kInvalid = 0xff;

constexpr std::array<uint8_t, 256> MakeHexTable() {
  std::array<uint8_t, 256> table;
  table.fill(kInvalid);
  for (int i = 0; i < 10; i++) table['0' + i] = i;
  for (int i = 0; i < 6; i++) table['a' + i] = table['A' + i] = 10 + i;
  return table;
}

constexpr std::array<uint8_t, 256> MakeBase64Table() {
  std::array<uint8_t, 256> table;
  table.fill(kInvalid);
  for (int i = 0; i < 26; i++) {
    table['A' + i] = i;
    table['a' + i] = 26 + i;
  }
  for (int i = 0; i < 10; i++) table['0' + i] = 52 + i;
  table['+'] = table['-'] = 62;
  table['/'] = table['_'] = 63;
  return table;
}

constexpr std::array<uint8_t, 256> kHexTable = MakeHexTable();
constexpr std::array<uint8_t, 256> kBase64Table = MakeBase64Table();

template <class Char>
uint8_t Lookup(const std::array<uint8_t, 256>& table, Char c) {
  if constexpr (sizeof(Char) > 1) {
    if (c > 0xff) return kInvalid;
  }
  return table[static_cast<uint8_t>(c)];
}

template <class Char>
size_t DecodeHexImpl(std::span<const Char> text, std::span<uint8_t> out) {
  const size_t count = std::min(text.size() / 2, out.size());
  for (size_t i = 0; i < count; i++) {
    const uint8_t high = Lookup(kHexTable, text[2 * i]);
    const uint8_t low = Lookup(kHexTable, text[2 * i + 1]);
    if ((high | low) == kInvalid) return i;
    out[i] = high << 4 | low;
  }
  return count;
}

// One character at a time, for text that is not clean or does not fit.
template <class Char>
size_t DecodeBase64Leniently(std::span<const Char> text, std::span<uint8_t> out) {
  size_t written = 0;
  uint32_t bits = 0;
  int pending = 0;  // bits in `bits` that are not written yet
  for (Char c : text) {
    if (c == '=') break;
    const uint8_t value = Lookup(kBase64Table, c);
    if (value == kInvalid) continue;
    bits = bits << 6 | value;
    pending += 6;
    if (pending < 8) continue;
    if (written == out.size()) break;
    pending -= 8;
    out[written++] = static_cast<uint8_t>(bits >> pending);
  }
  return written;
}

template <class SimdChar, class Char>
size_t DecodeBase64Impl(std::span<const Char> text, std::span<uint8_t> out) {
  const auto* input = reinterpret_cast<const SimdChar*>(text.data());
  if (out.size() >= simdutf::maximal_binary_length_from_base64(input, text.size())) {
    const simdutf::result result =
        simdutf::base64_to_binary(input, text.size(), reinterpret_cast<char*>(out.data()),
                                  simdutf::base64_default_or_url, simdutf::loose);
    if (result.error == simdutf::SUCCESS) return result.count;
  }
  return DecodeBase64Leniently(text, out);
}

template <class T, T (*Swap)(T)>
void SwapEach(std::span<uint8_t> bytes) {
  for (size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
    T value;
    std::memcpy(&value, bytes.data() + i, sizeof(T));
    value = Swap(value);
    std::memcpy(bytes.data() + i, &value, sizeof(T));
  }
}

uint16_t Swap16(uint16_t value) { return __builtin_bswap16(value); }
uint32_t Swap32(uint32_t value) { return __builtin_bswap32(value); }
uint64_t Swap64(uint64_t value) { return __builtin_bswap64(value); }

int64_t FindForward(std::span<const uint8_t> haystack, std::span<const uint8_t> needle,
                    size_t start, size_t step) {
  while (start + needle.size() <= haystack.size()) {
    const void* hit = needle.size() == 1
                          ? std::memchr(haystack.data() + start, needle[0], haystack.size() - start)
                          : memmem(haystack.data() + start, haystack.size() - start, needle.data(),
                                   needle.size());
    if (hit == nullptr) return -1;
    const size_t at = static_cast<const uint8_t*>(hit) - haystack.data();
    if (at % step == 0) return static_cast<int64_t>(at);
    start = at + 1;
  }
  return -1;
}

int64_t FindBackward(std::span<const uint8_t> haystack, std::span<const uint8_t> needle,
                     size_t start, size_t step) {
  if (needle.size() == 1 && step == 1) {
    const void* hit = memrchr(haystack.data(), needle[0], start + 1);
    return hit == nullptr ? -1 : static_cast<const uint8_t*>(hit) - haystack.data();
  }
  for (size_t at = start - start % step;; at -= step) {
    if (std::memcmp(haystack.data() + at, needle.data(), needle.size()) == 0)
      return static_cast<int64_t>(at);
    if (at < step) return -1;
  }
}

// The code point at `i`, which moves behind it; U+FFFD for half a surrogate pair.
char32_t NextCodePoint(std::u16string_view text, size_t& i) {
  const char16_t unit = text[i++];
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  if (unit < 0xdc00 && i < text.size() && (text[i] & 0xfc00) == 0xdc00) {
    return 0x10000 + ((unit - 0xd800) << 10) + (text[i++] - 0xdc00);
  }
  return 0xfffd;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int continuation = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr std::array<uint8_t, 4> kLead = {0, 0xc0, 0xe0, 0xf0};
  out += static_cast<char>(kLead[continuation] | c >> (6 * continuation));
  for (int i = continuation - 1; i >= 0; i--)
    out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3f));
}

}  // namespace

size_t DecodeHex(std::span<const uint8_t> text, std::span<uint8_t> out) {
  return DecodeHexImpl(text, out);
}
size_t DecodeHex(std::span<const char16_t> text, std::span<uint8_t> out) {
  return DecodeHexImpl(text, out);
}

void EncodeHex(std::span<const uint8_t> bytes, char* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (uint8_t byte : bytes) {
    *out++ = kDigits[byte >> 4];
    *out++ = kDigits[byte & 15];
  }
}

size_t DecodeBase64(std::span<const uint8_t> text, std::span<uint8_t> out) {
  return DecodeBase64Impl<char>(text, out);
}

size_t DecodeBase64(std::span<const char16_t> text, std::span<uint8_t> out) {
  return DecodeBase64Impl<char16_t>(text, out);
}

size_t Base64Length(size_t bytes, Base64Alphabet alphabet) {
  return alphabet == Base64Alphabet::kUrl ? bytes / 3 * 4 + (bytes % 3 * 4 + 2) / 3
                                          : (bytes + 2) / 3 * 4;
}

size_t EncodeBase64(std::span<const uint8_t> bytes, Base64Alphabet alphabet, char* out) {
  return simdutf::binary_to_base64(
      reinterpret_cast<const char*>(bytes.data()), bytes.size(), out,
      alphabet == Base64Alphabet::kUrl ? simdutf::base64_url : simdutf::base64_default);
}

void ToAscii(std::span<const uint8_t> bytes, char* out) {
  for (size_t i = 0; i < bytes.size(); i++) out[i] = static_cast<char>(bytes[i] & 0x7f);
}

void SwapElements(std::span<uint8_t> bytes, size_t width) {
  if (width == 2) {
    SwapEach<uint16_t, Swap16>(bytes);
  } else if (width == 4) {
    SwapEach<uint32_t, Swap32>(bytes);
  } else {
    SwapEach<uint64_t, Swap64>(bytes);
  }
}

int Compare(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  const size_t common = std::min(a.size(), b.size());
  const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  if (order != 0) return order < 0 ? -1 : 1;
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

int64_t Find(std::span<const uint8_t> haystack, std::span<const uint8_t> needle, int64_t offset,
             size_t step, bool forward) {
  const int64_t length = static_cast<int64_t>(haystack.size());
  const int64_t needle_length = static_cast<int64_t>(needle.size());
  int64_t start = offset < 0 ? offset + length : offset;
  if (start < 0) {
    // Before the first byte: everything lies ahead, nothing behind (an empty needle is still found
    // there).
    if (!forward && needle_length > 0) return -1;
    start = 0;
  }
  if (needle_length == 0) return std::min(start, length);
  if (length < needle_length) return -1;
  if (start > length - needle_length) {
    if (forward) return -1;
    start = length - needle_length;
  }
  if (step == 2 && (length < 2 || needle_length < 2)) return -1;
  return forward ? FindForward(haystack, needle, start, step)
                 : FindBackward(haystack, needle, start, step);
}

void FillPattern(std::span<uint8_t> out, std::span<const uint8_t> pattern) {
  if (pattern.size() == 1) {
    std::memset(out.data(), pattern[0], out.size());
    return;
  }
  // The pattern may lie in the memory that is being filled: one move, then double what is there.
  size_t filled = std::min(pattern.size(), out.size());
  std::memmove(out.data(), pattern.data(), filled);
  while (filled < out.size()) {
    const size_t count = std::min(filled, out.size() - filled);
    std::memcpy(out.data() + filled, out.data(), count);
    filled += count;
  }
}

std::string EncodeUtf16(std::u16string_view text, TextEncoding to) {
  std::string out;
  out.reserve(text.size());
  const char32_t limit = to == TextEncoding::kAscii ? 0x80 : 0x100;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = NextCodePoint(text, i);
    if (to == TextEncoding::kUtf8) {
      AppendUtf8(c, out);
    } else {
      out += c < limit ? static_cast<char>(c) : '?';
    }
  }
  return out;
}

std::u16string DecodeOneByte(std::span<const uint8_t> bytes, TextEncoding from) {
  std::u16string text(bytes.begin(), bytes.end());
  if (from == TextEncoding::kAscii) {
    for (char16_t& unit : text) {
      if (unit > 0x7f) unit = 0xfffd;
    }
  }
  return text;
}

}  // namespace gyre
