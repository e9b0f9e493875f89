#include "runtime/buffer/codec.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace gyre {
namespace {

std::span<const uint8_t> Span(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string Base64(std::string_view text, size_t room = 64) {
  std::string out(room, '\0');
  out.resize(DecodeBase64(Span(text), {reinterpret_cast<uint8_t*>(out.data()), out.size()}));
  return out;
}

std::string Hex(std::string_view text, size_t room = 64) {
  std::string out(room, '\0');
  out.resize(DecodeHex(Span(text), {reinterpret_cast<uint8_t*>(out.data()), out.size()}));
  return out;
}

TEST(Codec, HexStopsAtTheFirstBadPair) {
  EXPECT_EQ(Hex("616263"), "abc");
  EXPECT_EQ(Hex("6162C"), "ab");
  EXPECT_EQ(Hex("61zz63"), "a");
  EXPECT_EQ(Hex("616263", 2), "ab");
  EXPECT_EQ(DecodeHex(std::u16string_view(u"\u0161\u0131"), std::span<uint8_t>()), 0u);
  char digits[6];
  EncodeHex(Span("\x01\xab\xff"), digits);
  EXPECT_EQ(std::string_view(digits, 6), "01abff");
}

TEST(Codec, Base64TakesWhatBufferTakes) {
  EXPECT_EQ(Base64("YWJj"), "abc");
  EXPECT_EQ(Base64("YWI="), "ab");
  EXPECT_EQ(Base64("YWI"), "ab");
  EXPECT_EQ(Base64("Y"), "");
  EXPECT_EQ(Base64("YW Jj\nZA"), "abcd");
  EXPECT_EQ(Base64("YW*Jj"), "abc");
  EXPECT_EQ(Base64("=YWJj"), "");
  EXPECT_EQ(Base64("YQ==YWJj"), "a");
  EXPECT_EQ(Base64("-_+/"), "\xfb\xff\xbf");
  EXPECT_EQ(Base64("YWJjZA==", 2), "ab");
}

TEST(Codec, Base64RoundTrip) {
  for (Base64Alphabet alphabet : {Base64Alphabet::kStandard, Base64Alphabet::kUrl}) {
    std::string bytes;
    for (int i = 0; i < 300; i++) {
      std::string text(Base64Length(bytes.size(), alphabet), '\0');
      ASSERT_EQ(EncodeBase64(Span(bytes), alphabet, text.data()), text.size());
      EXPECT_EQ(Base64(text, bytes.size()), bytes);
      bytes += static_cast<char>(i * 7);
    }
  }
}

int64_t FindText(std::string_view in, std::string_view what, int64_t offset, bool forward,
                 size_t step = 1) {
  return Find(Span(in), Span(what), offset, step, forward);
}

TEST(Codec, FindForward) {
  EXPECT_EQ(FindText("abcabc", "c", 0, true), 2);
  EXPECT_EQ(FindText("abcabc", "abc", 1, true), 3);
  EXPECT_EQ(FindText("abcabc", "bc", -2, true), 4);
  EXPECT_EQ(FindText("abcabc", "abcd", 0, true), -1);
  EXPECT_EQ(FindText("abc", "", 100, true), 3);
  EXPECT_EQ(FindText("abc", "a", -100, true), 0);
  EXPECT_EQ(FindText("", "a", 0, true), -1);
}

TEST(Codec, FindBackward) {
  EXPECT_EQ(FindText("abcabc", "abc", 6, false), 3);
  EXPECT_EQ(FindText("abcabc", "abc", 2, false), 0);
  EXPECT_EQ(FindText("abcabc", "c", -2, false), 2);
  EXPECT_EQ(FindText("abc", "a", -4, false), -1);
  EXPECT_EQ(FindText("abc", "", -4, false), 0);
}

TEST(Codec, FindOnlyWholeUtf16Units) {
  EXPECT_EQ(FindText(std::string_view("\0a\0a\0b", 6), "a", 0, true, 2), -1);
  EXPECT_EQ(FindText(std::string_view("xab\0ab", 6), "ab", 0, true, 2), 4);
  EXPECT_EQ(FindText(std::string_view("ababxab\0", 8), "ab", 7, false, 2), 2);
}

TEST(Codec, FillRepeatsAndCuts) {
  std::vector<uint8_t> out(8, 0);
  FillPattern(out, Span("abc"));
  EXPECT_EQ(std::string(out.begin(), out.end()), "abcabcab");
  FillPattern({out.data(), 2}, Span("xyz"));
  EXPECT_EQ(std::string(out.begin(), out.end()), "xycabcab");
}

TEST(Codec, SwapAndCompare) {
  std::string bytes = "12345678";
  SwapElements({reinterpret_cast<uint8_t*>(bytes.data()), 8}, 2);
  EXPECT_EQ(bytes, "21436587");
  SwapElements({reinterpret_cast<uint8_t*>(bytes.data()), 8}, 8);
  EXPECT_EQ(bytes, "78563412");
  EXPECT_EQ(Compare(Span("a"), Span("ab")), -1);
  EXPECT_EQ(Compare(Span("b"), Span("ab")), 1);
  EXPECT_EQ(Compare(Span(""), Span("")), 0);
}

TEST(Codec, Substitution) {
  EXPECT_EQ(EncodeUtf16(u"a\u20ac", TextEncoding::kLatin1), "a?");
  EXPECT_EQ(EncodeUtf16(u"\U0001f600\u00e9", TextEncoding::kAscii), "??");
  EXPECT_EQ(EncodeUtf16(u"\U0001f600\u00e9\xd800", TextEncoding::kUtf8),
            "\xf0\x9f\x98\x80\xc3\xa9\xef\xbf\xbd");
  EXPECT_EQ(DecodeOneByte(Span("a\xff"), TextEncoding::kAscii), u"a\ufffd");
  EXPECT_EQ(DecodeOneByte(Span("a\xff"), TextEncoding::kLatin1), u"a\u00ff");
}

}  // namespace
}  // namespace gyre
