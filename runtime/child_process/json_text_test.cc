#include "runtime/child_process/json_text.h"

#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace gyre {
namespace {

std::span<const uint8_t> Bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string OfLatin1(std::string_view text) {
  std::string json;
  AppendJsonText(Bytes(text), &json);
  return json;
}

std::string OfUtf16(std::vector<uint16_t> text) {
  std::string json;
  AppendJsonText(text, &json);
  return json;
}

TEST(JsonText, PlainTextIsItsOwnJson) {
  EXPECT_EQ(OfLatin1("hello ~ \x7f"), "hello ~ \x7f");
  const std::string large(5000, 'x');
  EXPECT_EQ(OfLatin1(large), large);
  EXPECT_EQ(OfLatin1(large + '"' + large), large + "\\\"" + large);
}

TEST(JsonText, EscapesWhatJsonStringifyEscapes) {
  EXPECT_EQ(OfLatin1("a\"b\\c/d"), "a\\\"b\\\\c/d");
  EXPECT_EQ(OfLatin1("\b\t\n\f\r"), "\\b\\t\\n\\f\\r");
  EXPECT_EQ(OfLatin1({"\0\v\x1f", 3}), "\\u0000\\u000b\\u001f");
}

TEST(JsonText, WritesUtf8) {
  EXPECT_EQ(OfLatin1("\xe4\xff"), "\xc3\xa4\xc3\xbf");
  EXPECT_EQ(OfUtf16({'a', 0xe4, 0x20ac, 0x2028}), "a\xc3\xa4\xe2\x82\xac\xe2\x80\xa8");
  EXPECT_EQ(OfUtf16({0xd83d, 0xde00}), "\xf0\x9f\x98\x80");
}

TEST(JsonText, EscapesHalvesOfPairs) {
  EXPECT_EQ(OfUtf16({0xd83d}), "\\ud83d");
  EXPECT_EQ(OfUtf16({0xde00, 0xd83d, 'x'}), "\\ude00\\ud83dx");
  EXPECT_EQ(OfUtf16({0xd83d, 0xd83d, 0xde00}), "\\ud83d\xf0\x9f\x98\x80");
}

TEST(Text, StaysAsItIs) {
  std::string text;
  AppendText(Bytes("{\"\xe4\\n\"}"), &text);
  EXPECT_EQ(text, "{\"\xc3\xa4\\n\"}");
  text.clear();
  AppendText(std::vector<uint16_t>{'"', 0x20ac, 0xd83d, 0xde00, 0xd83d, '\n'}, &text);
  EXPECT_EQ(text, "\"\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd\n");
}

}  // namespace
}  // namespace gyre
