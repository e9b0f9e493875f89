#ifndef GYRE_ZLIB_CODEC_H_
#define GYRE_ZLIB_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Streaming compression and decompression behind one interface: zlib, Brotli, Zstandard. No V8, no
// threads.

namespace gyre {

// Why a stream cannot go on, in Node's words.
struct CodecError {
  std::string message;
  std::string code;
  int number;
};

// Where a step reads and writes; it moves the pointers on.
struct CodecStep {
  const uint8_t* in;
  size_t available_in;
  uint8_t* out;
  size_t available_out;
};

class StreamCodec {
 public:
  using Result = std::optional<CodecError>;  // nothing when all is well

  virtual ~StreamCodec() = default;

  // Reads and writes as much as it can. `flush` is the library's own constant.
  virtual Result Write(int flush, CodecStep& step) = 0;
  // As it was when it was made.
  virtual Result Reset() = 0;
  // zlib only: compression level and strategy from here on.
  virtual Result SetParameters(int level, int strategy) { return std::nullopt; }
  // Roughly what the library has allocated.
  virtual size_t memory() const = 0;
};

// The modes as Node numbers them (zlib.constants).
enum class CodecMode {
  kNone,
  kDeflate,
  kInflate,
  kGzip,
  kGunzip,
  kDeflateRaw,
  kInflateRaw,
  kUnzip,
  kBrotliDecode,
  kBrotliEncode,
  kZstdCompress,
  kZstdDecompress,
};

struct ZlibOptions {
  int window_bits;
  int level;
  int memory_level;
  int strategy;
  std::vector<uint8_t> dictionary;
  // What follows the first member of a gzip file is left alone.
  bool single_member = false;
};

std::unique_ptr<StreamCodec> MakeZlibCodec(CodecMode mode, ZlibOptions options);

// Parameters by the library's numbers.
using CodecParameters = std::vector<std::pair<int, int64_t>>;

// Null when a parameter is refused.
std::unique_ptr<StreamCodec> MakeBrotliCodec(CodecMode mode, CodecParameters parameters,
                                             std::vector<uint8_t> dictionary);
std::unique_ptr<StreamCodec> MakeZstdCodec(CodecMode mode, CodecParameters parameters,
                                           std::optional<uint64_t> pledged_size,
                                           std::vector<uint8_t> dictionary);

uint32_t Crc32(std::span<const uint8_t> bytes, uint32_t value);

}  // namespace gyre

#endif  // GYRE_ZLIB_CODEC_H_
