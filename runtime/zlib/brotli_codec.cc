// Brotli streams behind the StreamCodec of codec.h: what binding.cc makes for BrotliCompress and
// BrotliDecompress.

#include <string>

#include "brotli/decode.h"
#include "brotli/encode.h"
#include "brotli/shared_dictionary.h"
#include "runtime/zlib/codec.h"
#include "zlib.h"

namespace gyre {
namespace {

class BrotliEncoder final : public StreamCodec {
 public:
  BrotliEncoder(CodecParameters parameters, std::vector<uint8_t> dictionary)
      : parameters_(std::move(parameters)), dictionary_(std::move(dictionary)) {
    if (!dictionary_.empty()) {
      prepared_.reset(BrotliEncoderPrepareDictionary(
          BROTLI_SHARED_DICTIONARY_RAW, dictionary_.size(), dictionary_.data(), BROTLI_MAX_QUALITY,
          nullptr, nullptr, nullptr));
    }
  }

  bool Init() {
    state_.reset(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr));
    if (state_ == nullptr) return false;
    for (const auto& [key, value] : parameters_) {
      if (!BrotliEncoderSetParameter(state_.get(), static_cast<BrotliEncoderParameter>(key),
                                     static_cast<uint32_t>(value))) {
        return false;
      }
    }
    return prepared_ == nullptr ||
           BrotliEncoderAttachPreparedDictionary(state_.get(), prepared_.get());
  }

  Result Write(int flush, CodecStep& step) override {
    if (BrotliEncoderCompressStream(state_.get(), static_cast<BrotliEncoderOperation>(flush),
                                    &step.available_in, &step.in, &step.available_out, &step.out,
                                    nullptr)) {
      return std::nullopt;
    }
    return CodecError{"Compression failed", "ERR_BROTLI_COMPRESSION_FAILED", -1};
  }

  Result Reset() override {
    if (Init()) return std::nullopt;
    return CodecError{"Could not initialize Brotli instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1};
  }

  size_t memory() const override { return 1 << 20; }

 private:
  struct Destroy {
    void operator()(BrotliEncoderState* state) const { BrotliEncoderDestroyInstance(state); }
    void operator()(BrotliEncoderPreparedDictionary* dictionary) const {
      BrotliEncoderDestroyPreparedDictionary(dictionary);
    }
  };
  const CodecParameters parameters_;
  const std::vector<uint8_t> dictionary_;
  std::unique_ptr<BrotliEncoderPreparedDictionary, Destroy> prepared_;
  std::unique_ptr<BrotliEncoderState, Destroy> state_;
};

class BrotliDecoder final : public StreamCodec {
 public:
  BrotliDecoder(CodecParameters parameters, std::vector<uint8_t> dictionary)
      : parameters_(std::move(parameters)), dictionary_(std::move(dictionary)) {}

  bool Init() {
    state_.reset(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (state_ == nullptr) return false;
    for (const auto& [key, value] : parameters_) {
      if (!BrotliDecoderSetParameter(state_.get(), static_cast<BrotliDecoderParameter>(key),
                                     static_cast<uint32_t>(value))) {
        return false;
      }
    }
    return dictionary_.empty() ||
           BrotliDecoderAttachDictionary(state_.get(), BROTLI_SHARED_DICTIONARY_RAW,
                                         dictionary_.size(), dictionary_.data());
  }

  Result Write(int flush, CodecStep& step) override {
    const BrotliDecoderResult result = BrotliDecoderDecompressStream(
        state_.get(), &step.available_in, &step.in, &step.available_out, &step.out, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) {
      const BrotliDecoderErrorCode error = BrotliDecoderGetErrorCode(state_.get());
      return CodecError{"Decompression failed",
                        std::string("ERR_") + BrotliDecoderErrorString(error), error};
    }
    if (flush == BROTLI_OPERATION_FINISH && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
      return CodecError{"unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR};
    }
    return std::nullopt;
  }

  Result Reset() override {
    if (Init()) return std::nullopt;
    return CodecError{"Could not initialize Brotli instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1};
  }

  size_t memory() const override { return 256 << 10; }

 private:
  struct Destroy {
    void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
  };
  const CodecParameters parameters_;
  const std::vector<uint8_t> dictionary_;
  std::unique_ptr<BrotliDecoderState, Destroy> state_;
};

template <class Codec>
std::unique_ptr<StreamCodec> Make(CodecParameters parameters, std::vector<uint8_t> dictionary) {
  auto codec = std::make_unique<Codec>(std::move(parameters), std::move(dictionary));
  if (!codec->Init()) return nullptr;
  return codec;
}

}  // namespace

std::unique_ptr<StreamCodec> MakeBrotliCodec(CodecMode mode, CodecParameters parameters,
                                             std::vector<uint8_t> dictionary) {
  return mode == CodecMode::kBrotliEncode
             ? Make<BrotliEncoder>(std::move(parameters), std::move(dictionary))
             : Make<BrotliDecoder>(std::move(parameters), std::move(dictionary));
}

}  // namespace gyre
