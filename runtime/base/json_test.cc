#include "runtime/base/json.h"

#include <string>

#include "gtest/gtest.h"

namespace gyre {
namespace {

TEST(JsonTest, ReadsEveryKindOfValue) {
  const auto json =
      ParseJson(" {\"a\": [null, true, false, -1.5e+3, 0], \"b\": {\"c\": \"\"}, \"a\": {} } ");
  ASSERT_TRUE(json.has_value());
  const JsonObject* object = json->As<JsonObject>();
  ASSERT_NE(object, nullptr);
  ASSERT_EQ(object->size(), 3u);
  EXPECT_EQ((*object)[0].name, "a");
  const JsonArray* array = (*object)[0].value.As<JsonArray>();
  ASSERT_NE(array, nullptr);
  ASSERT_EQ(array->size(), 5u);
  EXPECT_NE((*array)[0].As<std::nullptr_t>(), nullptr);
  EXPECT_TRUE(*(*array)[1].As<bool>());
  EXPECT_FALSE(*(*array)[2].As<bool>());
  EXPECT_EQ((*array)[3].As<JsonNumber>()->text, "-1.5e+3");
  EXPECT_EQ((*array)[4].As<JsonNumber>()->text, "0");
  EXPECT_EQ((*object)[2].name, "a");
}

TEST(JsonTest, ReadsEscapes) {
  const auto json = ParseJson(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00")");
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(*json->As<std::string>(), "\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST(JsonTest, RefusesWhatIsNotJson) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[",
                           "[1",
                           "[1,]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "01",
                           "-",
                           "1.",
                           ".5",
                           "1e",
                           "tru",
                           "\"",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\udc00\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\n\"",
                           "1 2",
                           "nulll",
                           "{} x",
                           "'a'"}) {
    EXPECT_FALSE(ParseJson(text).has_value()) << text;
  }
}

TEST(JsonTest, HasALimitOfDepth) {
  EXPECT_TRUE(ParseJson(std::string(900, '[') + std::string(900, ']')).has_value());
  EXPECT_FALSE(ParseJson(std::string(100000, '[')).has_value());
}

}  // namespace
}  // namespace gyre
