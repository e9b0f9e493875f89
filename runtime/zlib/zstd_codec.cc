// Zstandard streams behind the StreamCodec of codec.h: what binding.cc makes for ZstdCompress and
// ZstdDecompress.

#include <string>

#include "runtime/zlib/codec.h"
#include "zlib.h"
#include "zstd.h"
#include "zstd_errors.h"

namespace gyre {
namespace {

const char* CodeName(ZSTD_ErrorCode code) {
  switch (code) {
#define GYRE_ZSTD_ERROR(name) \
  case ZSTD_error_##name:     \
    return "ZSTD_error_" #name;
    GYRE_ZSTD_ERROR(prefix_unknown)
    GYRE_ZSTD_ERROR(version_unsupported)
    GYRE_ZSTD_ERROR(frameParameter_unsupported)
    GYRE_ZSTD_ERROR(frameParameter_windowTooLarge)
    GYRE_ZSTD_ERROR(corruption_detected)
    GYRE_ZSTD_ERROR(checksum_wrong)
    GYRE_ZSTD_ERROR(literals_headerWrong)
    GYRE_ZSTD_ERROR(dictionary_corrupted)
    GYRE_ZSTD_ERROR(dictionary_wrong)
    GYRE_ZSTD_ERROR(dictionaryCreation_failed)
    GYRE_ZSTD_ERROR(parameter_unsupported)
    GYRE_ZSTD_ERROR(parameter_combination_unsupported)
    GYRE_ZSTD_ERROR(parameter_outOfBound)
    GYRE_ZSTD_ERROR(tableLog_tooLarge)
    GYRE_ZSTD_ERROR(maxSymbolValue_tooLarge)
    GYRE_ZSTD_ERROR(maxSymbolValue_tooSmall)
    GYRE_ZSTD_ERROR(stabilityCondition_notRespected)
    GYRE_ZSTD_ERROR(stage_wrong)
    GYRE_ZSTD_ERROR(init_missing)
    GYRE_ZSTD_ERROR(memory_allocation)
    GYRE_ZSTD_ERROR(workSpace_tooSmall)
    GYRE_ZSTD_ERROR(dstSize_tooSmall)
    GYRE_ZSTD_ERROR(srcSize_wrong)
    GYRE_ZSTD_ERROR(dstBuffer_null)
    GYRE_ZSTD_ERROR(noForwardProgress_destFull)
    GYRE_ZSTD_ERROR(noForwardProgress_inputEmpty)
#undef GYRE_ZSTD_ERROR
    default:
      return "ZSTD_error_GENERIC";
  }
}

CodecError Error(size_t result) {
  const ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
  return {ZSTD_getErrorString(code), CodeName(code), static_cast<int>(code)};
}

void Advance(CodecStep& step, const ZSTD_inBuffer& in, const ZSTD_outBuffer& out) {
  step.in += in.pos;
  step.available_in -= in.pos;
  step.out += out.pos;
  step.available_out -= out.pos;
}

class ZstdCompressor final : public StreamCodec {
 public:
  ZstdCompressor(std::optional<uint64_t> pledged_size) : pledged_size_(pledged_size) {}

  bool Init(const CodecParameters& parameters, const std::vector<uint8_t>& dictionary) {
    context_.reset(ZSTD_createCCtx());
    for (const auto& [key, value] : parameters) {
      if (ZSTD_isError(ZSTD_CCtx_setParameter(context_.get(), static_cast<ZSTD_cParameter>(key),
                                              static_cast<int>(value)))) {
        return false;
      }
    }
    if (!dictionary.empty() && ZSTD_isError(ZSTD_CCtx_loadDictionary(
                                   context_.get(), dictionary.data(), dictionary.size()))) {
      return false;
    }
    return Pledge();
  }

  Result Write(int flush, CodecStep& step) override {
    // The library forgets what was pledged when the first piece is also the last.
    if (flush == ZSTD_e_end && pledged_size_ && total_in_ + step.available_in != *pledged_size_) {
      return CodecError{ZSTD_getErrorString(ZSTD_error_srcSize_wrong),
                        CodeName(ZSTD_error_srcSize_wrong), ZSTD_error_srcSize_wrong};
    }
    ZSTD_inBuffer in = {step.in, step.available_in, 0};
    ZSTD_outBuffer out = {step.out, step.available_out, 0};
    const size_t result =
        ZSTD_compressStream2(context_.get(), &out, &in, static_cast<ZSTD_EndDirective>(flush));
    Advance(step, in, out);
    total_in_ += in.pos;
    if (ZSTD_isError(result)) return Error(result);
    return std::nullopt;
  }

  Result Reset() override {
    total_in_ = 0;
    const size_t result = ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_only);
    if (ZSTD_isError(result)) return Error(result);
    Pledge();
    return std::nullopt;
  }

  size_t memory() const override { return ZSTD_sizeof_CCtx(context_.get()); }

 private:
  bool Pledge() {
    return !pledged_size_ ||
           !ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(context_.get(), *pledged_size_));
  }

  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  const std::optional<uint64_t> pledged_size_;
  uint64_t total_in_ = 0;
  std::unique_ptr<ZSTD_CCtx, Free> context_;
};

class ZstdDecompressor final : public StreamCodec {
 public:
  bool Init(const CodecParameters& parameters, const std::vector<uint8_t>& dictionary) {
    context_.reset(ZSTD_createDCtx());
    for (const auto& [key, value] : parameters) {
      if (ZSTD_isError(ZSTD_DCtx_setParameter(context_.get(), static_cast<ZSTD_dParameter>(key),
                                              static_cast<int>(value)))) {
        return false;
      }
    }
    return dictionary.empty() || !ZSTD_isError(ZSTD_DCtx_loadDictionary(
                                     context_.get(), dictionary.data(), dictionary.size()));
  }

  Result Write(int flush, CodecStep& step) override {
    ZSTD_inBuffer in = {step.in, step.available_in, 0};
    ZSTD_outBuffer out = {step.out, step.available_out, 0};
    // What follows a frame in the same piece is the caller's; a later piece may be another frame.
    if (!has_rest_ && step.available_in > 0) frame_complete_ = false;
    if (!frame_complete_) {
      const size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(result)) {
        Advance(step, in, out);
        return Error(result);
      }
      frame_complete_ = result == 0;
    }
    const bool starved = !frame_complete_ && in.pos == in.size && out.pos < out.size;
    has_rest_ = in.pos < in.size;
    Advance(step, in, out);
    if (flush == ZSTD_e_end && starved)
      return CodecError{"unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR};
    return std::nullopt;
  }

  Result Reset() override {
    frame_complete_ = false;
    has_rest_ = false;
    const size_t result = ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only);
    if (ZSTD_isError(result)) return Error(result);
    return std::nullopt;
  }

  size_t memory() const override { return ZSTD_sizeof_DCtx(context_.get()); }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> context_;
  bool frame_complete_ = false;
  bool has_rest_ = false;  // input that the last step left
};

}  // namespace

std::unique_ptr<StreamCodec> MakeZstdCodec(CodecMode mode, CodecParameters parameters,
                                           std::optional<uint64_t> pledged_size,
                                           std::vector<uint8_t> dictionary) {
  if (mode == CodecMode::kZstdCompress) {
    auto codec = std::make_unique<ZstdCompressor>(pledged_size);
    if (!codec->Init(parameters, dictionary)) return nullptr;
    return codec;
  }
  auto codec = std::make_unique<ZstdDecompressor>();
  if (!codec->Init(parameters, dictionary)) return nullptr;
  return codec;
}

}  // namespace gyre
