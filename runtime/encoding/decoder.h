#ifndef GYRE_ENCODING_DECODER_H_
#define GYRE_ENCODING_DECODER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Streaming decoders of the encodings of the Encoding Standard, to UTF-16. No V8.

namespace gyre {

class StreamDecoder {
 public:
  virtual ~StreamDecoder() = default;

  // The text of `bytes` and of what an earlier call kept back. With `flush` the stream ends here
  // and the decoder is as new. Nothing when the decoder is fatal and the input invalid; it is as
  // new then, too.
  virtual std::optional<std::u16string> Decode(std::span<const uint8_t> bytes, bool flush) = 0;

  // By the encoding's name in the standard; null for one that is not supported.
  static std::unique_ptr<StreamDecoder> Create(std::string_view encoding, bool fatal,
                                               bool ignore_bom);
};

}  // namespace gyre

#endif  // GYRE_ENCODING_DECODER_H_
