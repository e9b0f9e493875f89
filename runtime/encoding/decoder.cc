#include "runtime/encoding/decoder.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/encoding/single_byte.h"
#include "simdutf.h"
#include "unicode/ucnv.h"
#include "unicode/ucnv_err.h"

namespace gyre {
namespace {

constexpr char16_t kReplacement = 0xfffd;
constexpr char16_t kBom = 0xfeff;

// Drops a byte order mark at the start of a stream.
class BomFilter {
 public:
  explicit BomFilter(bool ignore_bom) : keep_(ignore_bom) {}

  void Apply(std::u16string& text, bool flush) {
    const bool any = !text.empty();
    if (!keep_ && !started_ && any && text[0] == kBom) text.erase(0, 1);
    started_ = !flush && (started_ || any);
  }
  void Reset() { started_ = false; }

 private:
  const bool keep_;
  bool started_ = false;
};

// How many bytes at the end are the beginning of a sequence that more bytes could complete.
size_t IncompleteUtf8(std::string_view text) {
  for (size_t back = 1; back <= std::min<size_t>(3, text.size()); back++) {
    const uint8_t byte = text[text.size() - back];
    if ((byte & 0xc0) == 0x80) continue;
    const size_t length = byte >= 0xf0 && byte <= 0xf4  ? 4
                          : byte >= 0xe0 && byte < 0xf0 ? 3
                          : byte >= 0xc2 && byte < 0xe0 ? 2
                                                        : 1;
    if (length <= back) return 0;
    if (back < 2) return back;
    // The second byte is restricted further after some lead bytes.
    const uint8_t second = text[text.size() - back + 1];
    const bool valid = byte == 0xe0   ? second >= 0xa0
                       : byte == 0xed ? second <= 0x9f
                       : byte == 0xf0 ? second >= 0x90
                       : byte == 0xf4 ? second <= 0x8f
                                      : true;
    return valid ? back : 0;
  }
  return 0;
}

// One code point or one U+FFFD per invalid part; the input is known not to be valid UTF-8 as a
// whole.
std::u16string DecodeInvalidUtf8(std::string_view text) {
  std::u16string out;
  while (!text.empty()) {
    const simdutf::result result = simdutf::validate_utf8_with_errors(text.data(), text.size());
    std::u16string part(result.count, u'\0');
    part.resize(simdutf::convert_valid_utf8_to_utf16(text.data(), result.count, part.data()));
    out += part;
    if (result.error == simdutf::SUCCESS) break;
    text.remove_prefix(result.count);
    out += kReplacement;
    // As much as begins a valid sequence makes one replacement together.
    size_t skip = 1;
    for (size_t length = 2; length <= std::min<size_t>(3, text.size()); length++) {
      if (IncompleteUtf8(text.substr(0, length)) != length) break;
      skip = length;
    }
    text.remove_prefix(skip);
  }
  return out;
}

class Utf8Decoder final : public StreamDecoder {
 public:
  Utf8Decoder(bool fatal, bool ignore_bom) : fatal_(fatal), bom_(ignore_bom) {}

  std::optional<std::u16string> Decode(std::span<const uint8_t> bytes, bool flush) override {
    std::string text = std::move(pending_);
    pending_.clear();
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (!flush) {
      const size_t incomplete = IncompleteUtf8(text);
      pending_ = text.substr(text.size() - incomplete);
      text.resize(text.size() - incomplete);
    }
    std::u16string out;
    if (simdutf::validate_utf8(text.data(), text.size())) {
      out.resize(simdutf::utf16_length_from_utf8(text.data(), text.size()));
      (void)simdutf::convert_valid_utf8_to_utf16(text.data(), text.size(), out.data());
    } else if (fatal_) {
      pending_.clear();
      bom_.Reset();
      return std::nullopt;
    } else {
      out = DecodeInvalidUtf8(text);
    }
    bom_.Apply(out, flush);
    return out;
  }

 private:
  const bool fatal_;
  BomFilter bom_;
  std::string pending_;
};

class Utf16Decoder final : public StreamDecoder {
 public:
  Utf16Decoder(bool big_endian, bool fatal, bool ignore_bom)
      : big_endian_(big_endian), fatal_(fatal), bom_(ignore_bom) {}

  std::optional<std::u16string> Decode(std::span<const uint8_t> bytes, bool flush) override {
    std::string input = std::move(pending_);
    pending_.clear();
    input.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::u16string out(input.size() / 2, u'\0');
    std::memcpy(out.data(), input.data(), out.size() * 2);
    if (big_endian_) simdutf::change_endianness_utf16(out.data(), out.size(), out.data());
    size_t rest = input.size() % 2;
    if (!flush) {
      // Half a surrogate pair waits for its other half.
      if (!out.empty() && (out.back() & 0xfc00) == 0xd800) {
        out.pop_back();
        rest += 2;
      }
      pending_ = input.substr(input.size() - rest);
      rest = 0;
    }
    const bool valid = rest == 0 && simdutf::validate_utf16(out.data(), out.size());
    if (!valid && fatal_) {
      pending_.clear();
      bom_.Reset();
      return std::nullopt;
    }
    if (!valid) simdutf::to_well_formed_utf16(out.data(), out.size(), out.data());
    if (rest != 0) out += kReplacement;
    bom_.Apply(out, flush);
    return out;
  }

 private:
  const bool big_endian_;
  const bool fatal_;
  BomFilter bom_;
  std::string pending_;
};

class SingleByteDecoder final : public StreamDecoder {
 public:
  SingleByteDecoder(const char16_t* upper_half, bool fatal)
      : upper_half_(upper_half), fatal_(fatal) {}

  std::optional<std::u16string> Decode(std::span<const uint8_t> bytes, bool flush) override {
    std::u16string out(bytes.size(), u'\0');
    for (size_t i = 0; i < bytes.size(); i++) {
      out[i] = bytes[i] < 0x80 ? bytes[i] : upper_half_[bytes[i] - 0x80];
      if (out[i] == kReplacement && fatal_) return std::nullopt;
    }
    return out;
  }

 private:
  const char16_t* const upper_half_;
  const bool fatal_;
};

// x-user-defined: the upper half lies in the private use area.
class UserDefinedDecoder final : public StreamDecoder {
 public:
  std::optional<std::u16string> Decode(std::span<const uint8_t> bytes, bool flush) override {
    std::u16string out(bytes.size(), u'\0');
    for (size_t i = 0; i < bytes.size(); i++)
      out[i] = bytes[i] < 0x80 ? bytes[i] : 0xf780 + bytes[i] - 0x80;
    return out;
  }
};

// The multi-byte encodings of East Asia, by ICU's converters.
class IcuDecoder final : public StreamDecoder {
 public:
  IcuDecoder(UConverter* converter, bool fatal) : converter_(converter) {
    UErrorCode status = U_ZERO_ERROR;
    if (fatal) {
      ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    } else {
      ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_SUBSTITUTE, nullptr, nullptr, nullptr,
                          &status);
    }
  }
  ~IcuDecoder() override { ucnv_close(converter_); }

  std::optional<std::u16string> Decode(std::span<const uint8_t> bytes, bool flush) override {
    std::u16string out;
    char16_t chunk[1024];
    const char* source = reinterpret_cast<const char*>(bytes.data());
    const char* end = source + bytes.size();
    for (;;) {
      UErrorCode status = U_ZERO_ERROR;
      char16_t* target = chunk;
      ucnv_toUnicode(converter_, &target, chunk + std::size(chunk), &source, end, nullptr, flush,
                     &status);
      out.append(chunk, target - chunk);
      if (status == U_BUFFER_OVERFLOW_ERROR) continue;
      if (U_FAILURE(status)) {
        ucnv_reset(converter_);
        return std::nullopt;
      }
      break;
    }
    if (flush) ucnv_reset(converter_);
    return out;
  }

 private:
  UConverter* const converter_;
};

}  // namespace

std::unique_ptr<StreamDecoder> StreamDecoder::Create(std::string_view encoding, bool fatal,
                                                     bool ignore_bom) {
  if (encoding == "utf-8") return std::make_unique<Utf8Decoder>(fatal, ignore_bom);
  if (encoding == "utf-16le") return std::make_unique<Utf16Decoder>(false, fatal, ignore_bom);
  if (encoding == "utf-16be") return std::make_unique<Utf16Decoder>(true, fatal, ignore_bom);
  if (encoding == "x-user-defined") return std::make_unique<UserDefinedDecoder>();
  // The same bytes in another order on paper.
  if (encoding == "iso-8859-8-i") encoding = "iso-8859-8";
  if (const char16_t* table = SingleByteUpperHalf(encoding)) {
    return std::make_unique<SingleByteDecoder>(table, fatal);
  }
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(std::string(encoding).c_str(), &status);
  if (U_FAILURE(status)) return nullptr;
  return std::make_unique<IcuDecoder>(converter, fatal);
}

}  // namespace gyre
