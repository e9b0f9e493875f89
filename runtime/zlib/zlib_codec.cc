// Deflate, gzip and raw streams behind the StreamCodec of codec.h: what binding.cc makes for all
// but Brotli and Zstandard.

#include <algorithm>
#include <limits>

#include "runtime/zlib/codec.h"
#include "zlib.h"

namespace gyre {
namespace {

const char* CodeName(int code) {
  switch (code) {
    case Z_NEED_DICT:
      return "Z_NEED_DICT";
    case Z_ERRNO:
      return "Z_ERRNO";
    case Z_STREAM_ERROR:
      return "Z_STREAM_ERROR";
    case Z_DATA_ERROR:
      return "Z_DATA_ERROR";
    case Z_MEM_ERROR:
      return "Z_MEM_ERROR";
    case Z_BUF_ERROR:
      return "Z_BUF_ERROR";
    case Z_VERSION_ERROR:
      return "Z_VERSION_ERROR";
    default:
      return "Z_OK";
  }
}

bool Compresses(CodecMode mode) {
  return mode == CodecMode::kDeflate || mode == CodecMode::kGzip || mode == CodecMode::kDeflateRaw;
}

class ZlibCodec final : public StreamCodec {
 public:
  ZlibCodec(CodecMode mode, ZlibOptions options) : mode_(mode), options_(std::move(options)) {}
  ~ZlibCodec() override { End(); }

  Result Write(int flush, CodecStep& step) override {
    if (Result error = Start()) return error;
    if (mode_ == CodecMode::kUnzip && !saw_input_ && step.available_in > 0) {
      // Only gzip data may consist of several members.
      gzip_ = step.in[0] == 0x1f;
      saw_input_ = true;
    }
    if (finished_ && step.available_in == 0 && flush != Z_FINISH) return std::nullopt;
    Sync(step);
    const int result = Compresses(mode_) ? deflate(&stream_, flush) : Inflate(flush);
    Advance(step);
    if (Compresses(mode_)) finished_ = result == Z_STREAM_END;
    return Check(result, flush);
  }

  Result Reset() override {
    if (!started_) return std::nullopt;
    saw_input_ = false;
    finished_ = false;
    const int result = Compresses(mode_) ? deflateReset(&stream_) : inflateReset(&stream_);
    if (result != Z_OK) return Error(result, "Failed to reset stream");
    return SetDictionary();
  }

  Result SetParameters(int level, int strategy) override {
    options_.level = level;
    options_.strategy = strategy;
    if (!started_ || !Compresses(mode_)) return std::nullopt;
    // There is nowhere to write to here: what is pending stays so, which Z_BUF_ERROR says.
    const int result = deflateParams(&stream_, level, strategy);
    if (result != Z_OK && result != Z_BUF_ERROR) return Error(result, "Failed to set parameters");
    return std::nullopt;
  }

  size_t memory() const override {
    const size_t window = size_t{1} << std::max(options_.window_bits, 8);
    return Compresses(mode_) ? (window << 2) + (size_t{1} << (options_.memory_level + 9))
                             : window + 8192;
  }

 private:
  Result Error(int code, const char* otherwise) {
    return CodecError{stream_.msg != nullptr ? stream_.msg : otherwise, CodeName(code), code};
  }

  // The library's own bookkeeping is made with the first byte: many streams are never written to.
  Result Start() {
    if (started_) return std::nullopt;
    int bits = options_.window_bits;
    if (mode_ == CodecMode::kGzip || mode_ == CodecMode::kGunzip) bits += 16;
    if (mode_ == CodecMode::kUnzip) bits += 32;
    if (mode_ == CodecMode::kDeflateRaw || mode_ == CodecMode::kInflateRaw) bits = -bits;
    gzip_ = mode_ == CodecMode::kGunzip;
    const int result = Compresses(mode_) ? deflateInit2(&stream_, options_.level, Z_DEFLATED, bits,
                                                        options_.memory_level, options_.strategy)
                                         : inflateInit2(&stream_, bits);
    if (result != Z_OK) return Error(result, "Init error");
    started_ = true;
    return SetDictionary();
  }

  void End() {
    if (!started_) return;
    if (Compresses(mode_)) {
      deflateEnd(&stream_);
    } else {
      inflateEnd(&stream_);
    }
  }

  Result SetDictionary() {
    if (options_.dictionary.empty()) return std::nullopt;
    int result = Z_OK;
    if (mode_ == CodecMode::kDeflate || mode_ == CodecMode::kDeflateRaw) {
      result =
          deflateSetDictionary(&stream_, options_.dictionary.data(), options_.dictionary.size());
    } else if (mode_ == CodecMode::kInflateRaw) {
      // The others ask for it when they have read which one it is.
      result =
          inflateSetDictionary(&stream_, options_.dictionary.data(), options_.dictionary.size());
    }
    if (result != Z_OK) return Error(result, "Failed to set dictionary");
    return std::nullopt;
  }

  void Sync(const CodecStep& step) {
    stream_.next_in = const_cast<uint8_t*>(step.in);
    stream_.avail_in = static_cast<uInt>(step.available_in);
    stream_.next_out = step.out;
    stream_.avail_out = static_cast<uInt>(step.available_out);
  }

  void Advance(CodecStep& step) {
    step.in = stream_.next_in;
    step.available_in = stream_.avail_in;
    step.out = stream_.next_out;
    step.available_out = stream_.avail_out;
  }

  int Inflate(int flush) {
    int result = inflate(&stream_, flush);
    if (result == Z_NEED_DICT && !options_.dictionary.empty()) {
      result =
          inflateSetDictionary(&stream_, options_.dictionary.data(), options_.dictionary.size());
      // Z_NEED_DICT again says that it was the wrong one.
      result = result == Z_OK           ? inflate(&stream_, flush)
               : result == Z_DATA_ERROR ? Z_NEED_DICT
                                        : result;
    }
    // Members of a gzip file follow each other; zero bytes behind the last are padding.
    while (result == Z_STREAM_END && gzip_ && !options_.single_member && stream_.avail_in > 0 &&
           stream_.next_in[0] != 0) {
      if (inflateReset(&stream_) != Z_OK) break;
      result = inflate(&stream_, flush);
    }
    return result;
  }

  Result Check(int result, int flush) {
    switch (result) {
      case Z_OK:
      case Z_BUF_ERROR:
        if (stream_.avail_out != 0 && flush == Z_FINISH) {
          return CodecError{"unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR};
        }
        return std::nullopt;
      case Z_STREAM_END:
        return std::nullopt;
      case Z_NEED_DICT:
        return CodecError{options_.dictionary.empty() ? "Missing dictionary" : "Bad dictionary",
                          "Z_NEED_DICT", Z_NEED_DICT};
      default:
        return Error(result, "Zlib error");
    }
  }

  const CodecMode mode_;
  ZlibOptions options_;
  z_stream stream_ = {};
  bool started_ = false;
  bool saw_input_ = false;
  bool finished_ = false;  // a flush behind the end has nothing to do
  bool gzip_ = false;
};

}  // namespace

std::unique_ptr<StreamCodec> MakeZlibCodec(CodecMode mode, ZlibOptions options) {
  return std::make_unique<ZlibCodec>(mode, std::move(options));
}

uint32_t Crc32(std::span<const uint8_t> bytes, uint32_t value) {
  // zlib takes a null pointer for a request of the initial value.
  return bytes.empty() ? value : static_cast<uint32_t>(crc32_z(value, bytes.data(), bytes.size()));
}

}  // namespace gyre
