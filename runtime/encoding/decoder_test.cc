#include "runtime/encoding/decoder.h"

#include <string>

#include "gtest/gtest.h"

namespace gyre {
namespace {

std::optional<std::u16string> Decode(StreamDecoder& decoder, std::string_view bytes,
                                     bool flush = true) {
  return decoder.Decode({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, flush);
}

std::optional<std::u16string> Decode(std::string_view encoding, std::string_view bytes,
                                     bool fatal = false) {
  return Decode(*StreamDecoder::Create(encoding, fatal, false), bytes);
}

TEST(Decoder, Utf8ReplacesMaximalSubparts) {
  EXPECT_EQ(Decode("utf-8",
                   "a\xff"
                   "b"),
            u"a\xfffd"
            u"b");
  EXPECT_EQ(Decode("utf-8", "\xf0\x9f\x98"), u"\xfffd");
  EXPECT_EQ(Decode("utf-8", "\xe2\x82\x41"),
            u"\xfffd"
            u"A");
  EXPECT_EQ(Decode("utf-8", "\xed\xa0\x80"), u"\xfffd\xfffd\xfffd");
  EXPECT_EQ(Decode("utf-8", "\xff", true), std::nullopt);
}

TEST(Decoder, Utf8AcrossPieces) {
  auto decoder = StreamDecoder::Create("utf-8", false, false);
  EXPECT_EQ(Decode(*decoder, "\xef\xbb", false), u"");
  EXPECT_EQ(Decode(*decoder, "\xbf\xf0\x9f", false), u"");
  EXPECT_EQ(Decode(*decoder, "\x98\x80", false), u"\U0001f600");
  EXPECT_EQ(Decode(*decoder, "\xe2", true), u"\xfffd");
  EXPECT_EQ(Decode(*decoder,
                   "\xef\xbb\xbf"
                   "a",
                   true),
            u"a");
}

TEST(Decoder, Utf16) {
  EXPECT_EQ(Decode("utf-16le", std::string_view("\xff\xfe"
                                                "a\0",
                                                4)),
            u"a");
  EXPECT_EQ(Decode("utf-16be", std::string_view("\0a\xd8\x3d\xde\0", 6)), u"a\U0001f600");
  EXPECT_EQ(Decode("utf-16le", std::string_view("a\0b", 3)), u"a\xfffd");
  EXPECT_EQ(Decode("utf-16le", std::string_view("\0\xd8", 2), true), std::nullopt);
  auto decoder = StreamDecoder::Create("utf-16le", false, false);
  EXPECT_EQ(Decode(*decoder, "\x3d", false), u"");
  EXPECT_EQ(Decode(*decoder, "\xd8", false), u"");
  EXPECT_EQ(Decode(*decoder, std::string_view("\0\xde", 2), false), u"\U0001f600");
}

TEST(Decoder, Legacy) {
  EXPECT_EQ(Decode("windows-1252", "\x80"), u"\u20ac");
  EXPECT_EQ(Decode("x-user-defined", "\x80"), u"\uf780");
  EXPECT_EQ(Decode("windows-1253", "\xaa"), u"\xfffd");
  EXPECT_EQ(Decode("windows-1253", "\xaa", true), std::nullopt);
  EXPECT_EQ(Decode("shift_jis", "\x82\xa0"), u"\u3042");
  EXPECT_EQ(Decode("euc-kr", "\xb0\xa1"), u"\uac00");
  EXPECT_EQ(Decode("gb18030", "\xb0\xa1"), u"\u554a");
  EXPECT_EQ(Decode("big5", "\xa4\x40"), u"\u4e00");
  EXPECT_EQ(StreamDecoder::Create("replacement", false, false), nullptr);
}

}  // namespace
}  // namespace gyre
