// zlib's streaming codecs. The properties: what was compressed comes back, whatever room each step
// has; decompressing any bytes gives the same output and the same error however they are cut up.
// The input's first byte chooses the format.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/check.h"
#include "runtime/zlib/codec.h"
#include "zlib.h"

namespace gyre {
namespace {

constexpr size_t kMaxOutput = 1 << 16;  // a bomb is not what is looked for
constexpr int kBrotliAndZstdEnd = 2;
constexpr int kBrotliAndZstdProcess = 0;

struct Format {
  CodecMode compress;
  CodecMode decompress;
};
constexpr Format kFormats[] = {
    {CodecMode::kDeflate, CodecMode::kInflate},
    {CodecMode::kGzip, CodecMode::kGunzip},
    {CodecMode::kDeflateRaw, CodecMode::kInflateRaw},
    {CodecMode::kGzip, CodecMode::kUnzip},
    {CodecMode::kBrotliEncode, CodecMode::kBrotliDecode},
    {CodecMode::kZstdCompress, CodecMode::kZstdDecompress},
};

bool IsZlib(CodecMode mode) { return mode <= CodecMode::kUnzip; }

std::unique_ptr<StreamCodec> Make(CodecMode mode) {
  if (IsZlib(mode)) {
    // With a smaller window a reference may be too far back or not, as the output is cut.
    const bool compress =
        mode == CodecMode::kDeflate || mode == CodecMode::kGzip || mode == CodecMode::kDeflateRaw;
    return MakeZlibCodec(mode, {.window_bits = compress ? 10 : 15,
                                .level = 1,
                                .memory_level = 2,
                                .strategy = Z_DEFAULT_STRATEGY,
                                .dictionary = {}});
  }
  if (mode == CodecMode::kBrotliEncode || mode == CodecMode::kBrotliDecode) {
    // BROTLI_PARAM_QUALITY and BROTLI_PARAM_LGWIN, so that an encoder is cheap.
    CodecParameters parameters;
    if (mode == CodecMode::kBrotliEncode) parameters = {{1, 1}, {2, 12}};
    return MakeBrotliCodec(mode, std::move(parameters), {});
  }
  return MakeZstdCodec(mode, {}, std::nullopt, {});
}

struct Outcome {
  std::string text;
  std::string error;
  bool operator==(const Outcome&) const = default;
};

// All of the bytes through the codec in pieces of `step` bytes, with `room` bytes for each output.
Outcome Pass(CodecMode mode, std::span<const uint8_t> bytes, size_t step, size_t room) {
  std::unique_ptr<StreamCodec> codec = Make(mode);
  const int go_on = IsZlib(mode) ? Z_NO_FLUSH : kBrotliAndZstdProcess;
  const int end = IsZlib(mode) ? Z_FINISH : kBrotliAndZstdEnd;
  Outcome outcome;
  for (bool last = false; !last;) {
    const std::vector<uint8_t> piece(bytes.begin(), bytes.begin() + std::min(step, bytes.size()));
    bytes = bytes.subspan(piece.size());
    last = bytes.empty();
    CodecStep state = {piece.data(), piece.size(), nullptr, 0};
    do {
      std::vector<uint8_t> out(room);
      state.out = out.data();
      state.available_out = room;
      if (StreamCodec::Result error = codec->Write(last ? end : go_on, state)) {
        outcome.error = error->code;
        return outcome;
      }
      FUZZ_CHECK(state.available_out <= room && state.available_in <= piece.size(), "overrun");
      outcome.text.append(reinterpret_cast<char*>(out.data()), room - state.available_out);
      if (outcome.text.size() > kMaxOutput) return outcome;
      // The stream ended before its input did: that is its last step.
      if (state.available_out > 0 && state.available_in > 0) return outcome;
    } while (state.available_out == 0);
  }
  return outcome;
}

void CheckSame(CodecMode mode, const Outcome& whole, const Outcome& cut) {
  if (whole.text.size() > kMaxOutput || cut.text.size() > kMaxOutput) return;
  // Zstandard has a second decoder for frames that lie there whole, with errors of its own, and
  // frames in pieces of their own are one stream. Brotli has one for what lies there far enough,
  // which finds another of several errors first.
  const bool zstd = mode == CodecMode::kZstdDecompress;
  const bool same = mode == CodecMode::kBrotliDecode ? whole.error.empty() == cut.error.empty()
                                                     : whole.error == cut.error;
  if (!zstd) FUZZ_CHECK(same, whole.error + " or " + cut.error);
  // How much came out before an error depends on the room there was.
  const size_t common = std::min(whole.text.size(), cut.text.size());
  if (zstd || !whole.error.empty()) {
    FUZZ_CHECK(whole.text.substr(0, common) == cut.text.substr(0, common), Printable(whole.text));
  } else {
    FUZZ_CHECK(whole.text == cut.text, Printable(whole.text) + "\n" + Printable(cut.text));
  }
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const gyre::Format format = gyre::kFormats[data[0] % std::size(gyre::kFormats)];
  const std::span<const uint8_t> bytes(data + 1, size - 1);

  const gyre::Outcome whole = gyre::Pass(format.decompress, bytes, size, 4096);
  gyre::CheckSame(format.decompress, whole, gyre::Pass(format.decompress, bytes, 1, 4096));
  gyre::CheckSame(format.decompress, whole, gyre::Pass(format.decompress, bytes, 7, 5));

  const gyre::Outcome packed = gyre::Pass(format.compress, bytes, 11, 64);
  FUZZ_CHECK(packed.error.empty(), packed.error);
  const gyre::Outcome back = gyre::Pass(
      format.decompress, {reinterpret_cast<const uint8_t*>(packed.text.data()), packed.text.size()},
      13, 64);
  FUZZ_CHECK(back.error.empty(), back.error);
  FUZZ_CHECK(std::string_view(back.text) ==
                 std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()),
             gyre::Printable(back.text));
  return 0;
}
