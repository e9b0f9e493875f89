#include "runtime/zlib/codec.h"

#include <string>

#include "gtest/gtest.h"
#include "zlib.h"

namespace gyre {
namespace {

constexpr int kEnd = 2;  // the flush value of Brotli and Zstandard for the last piece

// All of `text` through the codec in steps that write `room` bytes at most; the error's code when
// there is one.
std::string Pass(StreamCodec& codec, std::string_view text, int flush, size_t room = 7) {
  std::string out;
  CodecStep step = {reinterpret_cast<const uint8_t*>(text.data()), text.size(), nullptr, 0};
  for (;;) {
    std::string chunk(room, '\0');
    step.out = reinterpret_cast<uint8_t*>(chunk.data());
    step.available_out = room;
    if (StreamCodec::Result error = codec.Write(flush, step)) return error->code;
    out.append(chunk, 0, room - step.available_out);
    if (step.available_out != 0) return out;
  }
}

ZlibOptions Defaults(std::string_view dictionary = "") {
  return {15, Z_DEFAULT_COMPRESSION, 8, Z_DEFAULT_STRATEGY, {dictionary.begin(), dictionary.end()}};
}

std::string Text() {
  std::string text;
  for (int i = 0; i < 2000; i++) text += std::to_string(i * i) + ",";
  return text;
}

TEST(Codec, ZlibRoundTrips) {
  for (auto [to, from] : {std::pair(CodecMode::kDeflate, CodecMode::kInflate),
                          std::pair(CodecMode::kGzip, CodecMode::kGunzip),
                          std::pair(CodecMode::kGzip, CodecMode::kUnzip),
                          std::pair(CodecMode::kDeflate, CodecMode::kUnzip),
                          std::pair(CodecMode::kDeflateRaw, CodecMode::kInflateRaw)}) {
    const std::string packed = Pass(*MakeZlibCodec(to, Defaults()), Text(), Z_FINISH);
    EXPECT_LT(packed.size(), Text().size());
    auto inflate = MakeZlibCodec(from, Defaults());
    EXPECT_EQ(Pass(*inflate, packed, Z_FINISH), Text());
    EXPECT_FALSE(inflate->Reset());
    EXPECT_EQ(Pass(*inflate, packed, Z_FINISH, 4096), Text());
    EXPECT_EQ(
        Pass(*MakeZlibCodec(from, Defaults()), std::string_view(packed).substr(0, 20), Z_FINISH),
        "Z_BUF_ERROR");
  }
}

TEST(Codec, GzipMembers) {
  const std::string a = Pass(*MakeZlibCodec(CodecMode::kGzip, Defaults()), "a", Z_FINISH);
  const std::string b = Pass(*MakeZlibCodec(CodecMode::kGzip, Defaults()), "b", Z_FINISH);
  EXPECT_EQ(Pass(*MakeZlibCodec(CodecMode::kGunzip, Defaults()), a + b, Z_FINISH), "ab");
  EXPECT_EQ(Pass(*MakeZlibCodec(CodecMode::kUnzip, Defaults()), a + b, Z_FINISH), "ab");
  EXPECT_EQ(
      Pass(*MakeZlibCodec(CodecMode::kGunzip, Defaults()), a + std::string(3, '\0'), Z_FINISH),
      "a");
  EXPECT_EQ(Pass(*MakeZlibCodec(CodecMode::kGunzip, Defaults()), a + "xyz", Z_FINISH, 100),
            "Z_DATA_ERROR");
}

TEST(Codec, Dictionaries) {
  const std::string packed =
      Pass(*MakeZlibCodec(CodecMode::kDeflate, Defaults("012345")), Text(), Z_FINISH);
  EXPECT_EQ(Pass(*MakeZlibCodec(CodecMode::kInflate, Defaults("012345")), packed, Z_FINISH),
            Text());
  EXPECT_EQ(Pass(*MakeZlibCodec(CodecMode::kInflate, Defaults()), packed, Z_FINISH), "Z_NEED_DICT");
  EXPECT_EQ(Pass(*MakeZlibCodec(CodecMode::kInflate, Defaults("other")), packed, Z_FINISH),
            "Z_NEED_DICT");
}

TEST(Codec, BrotliAndZstd) {
  const std::string brotli =
      Pass(*MakeBrotliCodec(CodecMode::kBrotliEncode, {}, {}), Text(), kEnd, 4096);
  EXPECT_EQ(Pass(*MakeBrotliCodec(CodecMode::kBrotliDecode, {}, {}), brotli, kEnd), Text());
  EXPECT_EQ(Pass(*MakeBrotliCodec(CodecMode::kBrotliDecode, {}, {}), brotli.substr(0, 30), kEnd),
            "Z_BUF_ERROR");
  EXPECT_EQ(MakeBrotliCodec(CodecMode::kBrotliEncode, {{9999, 1}}, {}), nullptr);

  const std::string zstd =
      Pass(*MakeZstdCodec(CodecMode::kZstdCompress, {}, std::nullopt, {}), Text(), kEnd, 4096);
  auto decompress = MakeZstdCodec(CodecMode::kZstdDecompress, {}, std::nullopt, {});
  EXPECT_EQ(Pass(*decompress, zstd + zstd, kEnd), Text());
  // Frames in pieces of their own are one stream, as in Node.
  auto frames = MakeZstdCodec(CodecMode::kZstdDecompress, {}, std::nullopt, {});
  EXPECT_EQ(Pass(*frames, zstd, 0, 4096), Text());
  EXPECT_EQ(Pass(*frames, zstd, 0, 4096), Text());
  EXPECT_EQ(Pass(*frames, "", kEnd), "");
  EXPECT_FALSE(decompress->Reset());
  EXPECT_EQ(Pass(*decompress, zstd.substr(0, 30), kEnd), "Z_BUF_ERROR");
  auto garbage = MakeZstdCodec(CodecMode::kZstdDecompress, {}, std::nullopt, {});
  EXPECT_EQ(Pass(*garbage, "abcdefgh", kEnd), "ZSTD_error_prefix_unknown");
}

TEST(Codec, Crc) {
  const std::string text = "a";
  EXPECT_EQ(Crc32({reinterpret_cast<const uint8_t*>(text.data()), 1}, 0), 3904355907u);
}

}  // namespace
}  // namespace gyre
