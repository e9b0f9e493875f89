#ifndef GYRE_BUFFER_CODEC_H_
#define GYRE_BUFFER_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The byte-level half of Buffer, free of V8: text codecs, search, byte swapping.

namespace gyre {

// Decodes pairs of hexadecimal digits until `out` is full or a pair is not one; returns the bytes
// written.
size_t DecodeHex(std::span<const uint8_t> text, std::span<uint8_t> out);
size_t DecodeHex(std::span<const char16_t> text, std::span<uint8_t> out);

// Writes 2 * bytes.size() lower-case digits.
void EncodeHex(std::span<const uint8_t> bytes, char* out);

// Decodes base64 the way Buffer does: both alphabets at once, characters of neither are skipped,
// '=' ends the text, a last group of two or three characters counts. Returns the bytes written;
// never more than `out` holds.
size_t DecodeBase64(std::span<const uint8_t> text, std::span<uint8_t> out);
size_t DecodeBase64(std::span<const char16_t> text, std::span<uint8_t> out);

enum class Base64Alphabet { kStandard, kUrl };  // kUrl is not padded

size_t Base64Length(size_t bytes, Base64Alphabet alphabet);
size_t EncodeBase64(std::span<const uint8_t> bytes, Base64Alphabet alphabet, char* out);

// Copies bytes with the high bit cleared.
void ToAscii(std::span<const uint8_t> bytes, char* out);

// Reverses each element of `width` bytes (2, 4 or 8); the size is a multiple of it.
void SwapElements(std::span<uint8_t> bytes, size_t width);

// memcmp over the common part, then the lengths: -1, 0 or 1.
int Compare(std::span<const uint8_t> a, std::span<const uint8_t> b);

// Where `needle` starts in `haystack`, searching from `offset` on (forward) or from it towards the
// start; negative offsets count from the end. `step` is 1, or 2 to look only at whole UTF-16 units.
// -1 when it is nowhere. An empty needle is found at the offset.
int64_t Find(std::span<const uint8_t> haystack, std::span<const uint8_t> needle, int64_t offset,
             size_t step, bool forward);

// Fills with copies of `pattern`, which is not empty; the last one may be cut.
void FillPattern(std::span<uint8_t> out, std::span<const uint8_t> pattern);

enum class TextEncoding { kAscii = 0, kLatin1 = 1, kUtf16 = 2, kUtf8 = 3 };

// Encodes UTF-16, replacing what the target cannot express: '?' in ASCII and Latin-1, U+FFFD in
// UTF-8.
std::string EncodeUtf16(std::u16string_view text, TextEncoding to);

// Decodes bytes of a one-byte encoding; ASCII bytes over 127 become U+FFFD.
std::u16string DecodeOneByte(std::span<const uint8_t> bytes, TextEncoding from);

}  // namespace gyre

#endif  // GYRE_BUFFER_CODEC_H_
