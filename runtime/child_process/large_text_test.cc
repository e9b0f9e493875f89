#include "runtime/child_process/large_text.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace gyre {
namespace {

const std::string& Large() {
  static const auto* large = new std::string(kLargeText, 'x');
  return *large;
}

TEST(FindLargeInJson, FindsTheMessageItself) {
  const std::string json = absl::StrCat("\"", Large(), "\"");
  const std::vector<LargeText> found = FindLargeInJson(json);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].is_member);
  EXPECT_EQ(found[0].text, Large());
}

TEST(FindLargeInJson, FindsMembers) {
  const std::string json = absl::StrCat(R"( {"a" : [1, {"b": "]}"}], "c\"": ")", Large(),
                                        R"(","d":-1e3,"e":")", Large(), R"(" , "f":"small"})");
  const std::vector<LargeText> found = FindLargeInJson(json);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].key, R"("c\"")");
  EXPECT_EQ(found[0].text, Large());
  EXPECT_EQ(found[1].key, R"("e")");
  EXPECT_EQ(ReplaceLarge(json, found, {"1", "\"2\""}),
            R"( {"a" : [1, {"b": "]}"}], "c\"": 1,"d":-1e3,"e":"2" , "f":"small"})");
}

TEST(FindLargeInJson, LeavesTheRestToTheParser) {
  // Smaller ones, escapes, control characters, nested ones, and what is not JSON.
  for (const std::string& json :
       {absl::StrCat("{\"a\":\"", Large().substr(1), "\"}"),
        absl::StrCat("{\"a\":\"", Large(), "\\n\"}"), absl::StrCat("{\"a\":\"", Large(), "\n\"}"),
        absl::StrCat("{\"a\":{\"b\":\"", Large(), "\"}}"), absl::StrCat("[\"", Large(), "\"]"),
        absl::StrCat("{\"a\":\"", Large()), absl::StrCat("{a:\"", Large(), "\"}"), std::string("{"),
        absl::StrCat("\"", Large(), "\" x"), std::string("\""), std::string("{\"a\":\"\\"),
        std::string()}) {
    EXPECT_TRUE(FindLargeInJson(json).empty());
  }
}

TEST(FindLargeInJson, EndsWhereTheTextEnds) {
  constexpr std::string_view kJson = R"({"a\": [{"A":"]"}, 1e3, "\""], "b" : null, "c":"d"})";
  for (size_t size = 0; size <= kJson.size(); size++) {
    // A copy, so that a read beyond its end is seen by AddressSanitizer.
    const std::vector<char> copy(kJson.begin(), kJson.begin() + size);
    EXPECT_TRUE(FindLargeInJson({copy.data(), copy.size()}).empty());
  }
}

std::string Serialized(std::string_view text) {
  std::string bytes = "\"";
  AppendVarint(text.size(), &bytes);
  return absl::StrCat(bytes, text);
}

TEST(FindLargeInSerialized, FindsMembers) {
  const std::string bytes =
      absl::StrCat("o", Serialized("a"), "I\xfe\x01", Serialized("b"), Serialized(Large()),
                   Serialized("c"), "T", Serialized("d"), Serialized(Large()), "{\x04");
  const std::vector<LargeText> found = FindLargeInSerialized(bytes);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].key, "b");
  EXPECT_EQ(found[1].key, "d");
  EXPECT_EQ(found[1].text, Large());
  EXPECT_EQ(ReplaceLarge(bytes, found, {"0", "_"}),
            absl::StrCat("o", Serialized("a"), "I\xfe\x01", Serialized("b"), "0", Serialized("c"),
                         "T", Serialized("d"), "_{\x04"));
}

TEST(FindLargeInSerialized, EndsWhereTheBytesEnd) {
  using std::string_view_literals::operator""sv;
  constexpr std::string_view kBytes =
      "o\"\1aI\xfe\1\"\1bN12345678\"\1c\0c\4xxxx\"\1dU\x80\x80\1\"\1eT{\5"sv;
  for (size_t size = 0; size <= kBytes.size(); size++) {
    const std::vector<char> copy(kBytes.begin(), kBytes.begin() + size);
    EXPECT_TRUE(FindLargeInSerialized({copy.data(), copy.size()}).empty());
  }
}

TEST(FindLargeInSerialized, FindsTheMessageItselfAndStopsAtWhatItDoesNotKnow) {
  EXPECT_EQ(FindLargeInSerialized(Serialized(Large())).size(), 1u);
  for (const std::string& bytes :
       {absl::StrCat("o", Serialized("a"), "o{", std::string(1, '\0'), Serialized("b"),
                     Serialized(Large())),
        absl::StrCat("A", Serialized(Large())), Serialized(Large()).substr(0, 1000),
        std::string("o\"\xff\xff\xff\xff\xff\xff"), std::string("o"), std::string()}) {
    EXPECT_TRUE(FindLargeInSerialized(bytes).empty());
  }
}

}  // namespace
}  // namespace gyre
