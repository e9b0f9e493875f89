// The codecs of Buffer. The properties: bytes come back from hex and base64; decoding any text
// agrees with a plain decoder, in one-byte and two-byte strings alike, and with any room to write
// to; searches agree with the obvious search.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/check.h"
#include "runtime/buffer/codec.h"

namespace gyre {
namespace {

using Bytes = std::vector<uint8_t>;

std::string Show(std::span<const uint8_t> bytes) {
  return Printable({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

int HexValue(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Bytes PlainHex(std::span<const uint8_t> text) {
  Bytes out;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = HexValue(text[i]), low = HexValue(text[i + 1]);
    if (high < 0 || low < 0) break;
    out.push_back(static_cast<uint8_t>(high * 16 + low));
  }
  return out;
}

Bytes PlainBase64(std::span<const uint8_t> text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Bytes out;
  uint32_t bits = 0;
  int count = 0;
  for (uint8_t c : text) {
    if (c == '=') break;
    const size_t value = kDigits.find(c == '-' ? '+' : c == '_' ? '/' : static_cast<char>(c));
    if (value == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<uint32_t>(value);
    if (++count % 4 != 1) out.push_back(static_cast<uint8_t>(bits >> (6 - 2 * ((count - 1) % 4))));
  }
  return out;
}

using Decode8 = size_t (*)(std::span<const uint8_t>, std::span<uint8_t>);
using Decode16 = size_t (*)(std::span<const char16_t>, std::span<uint8_t>);

void CheckDecoding(std::span<const uint8_t> text, const Bytes& expected, Decode8 decode8,
                   Decode16 decode16) {
  const std::u16string wide(text.begin(), text.end());
  // Room to spare, exactly enough, one byte less, half of it.
  const size_t rooms[] = {text.size() + 8, expected.size(),
                          expected.empty() ? 0 : expected.size() - 1, expected.size() / 2};
  for (size_t room : rooms) {
    Bytes wanted = expected;
    wanted.resize(std::min(room, expected.size()));
    Bytes out(room);
    out.resize(decode8(text, out));
    FUZZ_CHECK(out == wanted, Show(text) + "\nis\n" + Show(out) + "\nnot\n" + Show(wanted));
    Bytes out16(room);
    out16.resize(decode16(wide, out16));
    FUZZ_CHECK(out16 == wanted, "two bytes: " + Show(text));
  }
}

void CheckRoundTrips(std::span<const uint8_t> bytes) {
  std::string hex(2 * bytes.size(), '\0');
  EncodeHex(bytes, hex.data());
  const auto* digits = reinterpret_cast<const uint8_t*>(hex.data());
  CheckDecoding({digits, hex.size()}, Bytes(bytes.begin(), bytes.end()), DecodeHex, DecodeHex);
  for (Base64Alphabet alphabet : {Base64Alphabet::kStandard, Base64Alphabet::kUrl}) {
    std::string text(Base64Length(bytes.size(), alphabet), '\0');
    FUZZ_CHECK(EncodeBase64(bytes, alphabet, text.data()) == text.size(), Show(bytes));
    CheckDecoding({reinterpret_cast<const uint8_t*>(text.data()), text.size()},
                  Bytes(bytes.begin(), bytes.end()), DecodeBase64, DecodeBase64);
  }
}

// Two swaps are none; one reverses each element.
void CheckSwaps(std::span<const uint8_t> bytes) {
  for (size_t width : {2, 4, 8}) {
    const Bytes whole(bytes.begin(), bytes.begin() + bytes.size() / width * width);
    Bytes plain = whole, swapped = whole;
    for (size_t i = 0; i < plain.size(); i += width) {
      std::reverse(plain.begin() + i, plain.begin() + i + width);
    }
    SwapElements(swapped, width);
    FUZZ_CHECK(swapped == plain, Show(whole));
  }
}

int64_t PlainFind(std::span<const uint8_t> haystack, std::span<const uint8_t> needle, size_t start,
                  size_t step, bool forward) {
  const int64_t last = static_cast<int64_t>(haystack.size()) - static_cast<int64_t>(needle.size());
  const int64_t by = forward ? 1 : -1;
  int64_t at = static_cast<int64_t>(start);
  if (!forward) at = std::min(at, last);
  for (; at >= 0 && at <= last; at += by) {
    if (at % static_cast<int64_t>(step) != 0) continue;
    if (std::equal(needle.begin(), needle.end(), haystack.begin() + at)) return at;
  }
  return -1;
}

// The first byte says how long the needle is, the second where the search begins.
void CheckFind(std::span<const uint8_t> bytes) {
  if (bytes.size() < 4) return;
  const size_t length = 1 + bytes[0] % 8;
  const size_t start = bytes[1];
  bytes = bytes.subspan(2);
  if (bytes.size() <= length) return;
  const auto needle = bytes.first(length), haystack = bytes.subspan(length);
  for (size_t step : {1, 2}) {
    if (step == 2 && (length % 2 != 0 || haystack.size() < 2)) continue;
    for (bool forward : {true, false}) {
      const int64_t found = Find(haystack, needle, static_cast<int64_t>(start), step, forward);
      FUZZ_CHECK(found == PlainFind(haystack, needle, start, step, forward),
                 Show(haystack) + "\n" + Show(needle) + "\n" + std::to_string(found));
    }
  }
  Bytes filled(haystack.size());
  FillPattern(filled, needle);
  for (size_t i = 0; i < filled.size(); i++) FUZZ_CHECK(filled[i] == needle[i % length], "fill");
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::span<const uint8_t> bytes(data, size);
  gyre::CheckDecoding(bytes, gyre::PlainHex(bytes), gyre::DecodeHex, gyre::DecodeHex);
  gyre::CheckDecoding(bytes, gyre::PlainBase64(bytes), gyre::DecodeBase64, gyre::DecodeBase64);
  gyre::CheckRoundTrips(bytes);
  gyre::CheckSwaps(bytes);
  gyre::CheckFind(bytes);
  return 0;
}
