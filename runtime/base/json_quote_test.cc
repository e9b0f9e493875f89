#include "runtime/base/json_quote.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace gyre {
namespace {

std::string Quoted(std::string_view text) {
  std::string json;
  AppendJsonString(text, &json);
  return json;
}

TEST(JsonQuote, Appends) {
  std::string json = "[";
  AppendJsonString("a", &json);
  EXPECT_EQ(json, "[\"a\"");
  EXPECT_EQ(Quoted(""), "\"\"");
}

TEST(JsonQuote, EscapesWhatJsonDoesNotAllow) {
  EXPECT_EQ(Quoted(R"(a"b\c/d)"), R"("a\"b\\c/d")");
  EXPECT_EQ(Quoted("\n\t\x1f"), R"("\u000a\u0009\u001f")");
  EXPECT_EQ(Quoted(std::string_view("a\0b", 3)), R"("a\u0000b")");
  EXPECT_EQ(Quoted("\x7f"), "\"\x7f\"");
}

TEST(JsonQuote, KeepsUtf8) {
  EXPECT_EQ(Quoted("\u00e9 \u20ac \U0001f600 \u2028"), "\"\u00e9 \u20ac \U0001f600 \u2028\"");
}

TEST(JsonQuote, ReplacesEachByteThatIsNoUtf8) {
  EXPECT_EQ(Quoted("a\xff\"b"), "\"a\ufffd\\\"b\"");
  EXPECT_EQ(Quoted("\xe2\x82"), "\"\ufffd\ufffd\"");            // cut off
  EXPECT_EQ(Quoted("\xe2\x82\n"), "\"\ufffd\ufffd\\u000a\"");   // what follows counts
  EXPECT_EQ(Quoted("\xc0\xa2"), "\"\ufffd\ufffd\"");            // an overlong quote
  EXPECT_EQ(Quoted("\xed\xa0\x80"), "\"\ufffd\ufffd\ufffd\"");  // a surrogate
  EXPECT_EQ(Quoted("\u20ac\x80\u20ac"), "\"\u20ac\ufffd\u20ac\"");
}

}  // namespace
}  // namespace gyre
