// TextDecoder's streaming decoders. The properties: text does not depend on how its bytes are cut;
// a fatal decoder takes exactly what another decodes without U+FFFD of its own; UTF-8 and UTF-16
// that are valid come back when they are encoded again. The input's first byte chooses the
// encoding.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/check.h"
#include "runtime/buffer/codec.h"
#include "runtime/encoding/decoder.h"

namespace gyre {
namespace {

constexpr const char* kEncodings[] = {"utf-8",        "utf-16le",       "utf-16be",  "windows-1252",
                                      "iso-8859-8-i", "x-user-defined", "gbk",       "gb18030",
                                      "big5",         "euc-jp",         "shift_jis", "euc-kr",
                                      "iso-2022-jp",  "koi8-r",         "ibm866"};

using Text = std::optional<std::u16string>;

std::unique_ptr<StreamDecoder> Create(const char* encoding, bool fatal) {
  std::unique_ptr<StreamDecoder> decoder =
      StreamDecoder::Create(encoding, fatal, /*ignore_bom=*/true);
  FUZZ_CHECK(decoder != nullptr, encoding);
  return decoder;
}

// Everything in pieces of `step` bytes; each is a copy, so that AddressSanitizer knows its end.
Text InPieces(StreamDecoder& decoder, std::span<const uint8_t> bytes, size_t step) {
  std::u16string all;
  while (bytes.size() > step) {
    const std::vector<uint8_t> piece(bytes.begin(), bytes.begin() + step);
    Text text = decoder.Decode(piece, false);
    if (!text) return std::nullopt;
    all += *text;
    bytes = bytes.subspan(step);
  }
  Text text = decoder.Decode(bytes, true);
  if (!text) return std::nullopt;
  return all + *text;
}

std::string Show(const Text& text) {
  if (!text) return "(invalid)";
  return Printable({reinterpret_cast<const char*>(text->data()), text->size() * 2});
}

void CheckRoundTrip(const char* encoding, const Text& text, std::span<const uint8_t> bytes) {
  if (!text) return;
  const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (std::strcmp(encoding, "utf-8") == 0) {
    FUZZ_CHECK(EncodeUtf16(*text, TextEncoding::kUtf8) == view, Show(text));
  } else if (std::strcmp(encoding, "utf-16le") == 0) {
    FUZZ_CHECK(text->size() * 2 == bytes.size(), Show(text));
    FUZZ_CHECK(bytes.empty() || std::memcmp(text->data(), bytes.data(), bytes.size()) == 0,
               Show(text));
  }
}

void Check(const char* encoding, std::span<const uint8_t> bytes) {
  Text lenient;
  for (bool fatal : {false, true}) {
    std::unique_ptr<StreamDecoder> decoder = Create(encoding, fatal);
    const Text whole = decoder->Decode(bytes, true);
    FUZZ_CHECK(whole || fatal, "a lenient decoder refused");
    for (size_t step : {1, 2, 3, 5}) {
      // A decoder that was flushed is as new.
      const Text pieces = InPieces(*decoder, bytes, step);
      FUZZ_CHECK(whole == pieces, std::string(encoding) + " whole:\n" + Show(whole) +
                                      "\nin pieces:\n" + Show(pieces));
    }
    if (fatal) {
      CheckRoundTrip(encoding, whole, bytes);
      FUZZ_CHECK(!whole || whole == lenient, Show(whole) + "\n" + Show(lenient));
    } else {
      lenient = whole;
    }
  }
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::vector<uint8_t> bytes(data + 1, data + size);
  gyre::Check(gyre::kEncodings[data[0] % std::size(gyre::kEncodings)], bytes);
  return 0;
}
