#include "runtime/base/config_file.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace gyre {
namespace {

using Words = std::vector<std::string>;

TEST(ConfigFileTest, MakesWordsOfOptions) {
  const ConfigFile file = ParseConfigFile("c.json", R"({
    "$schema": "x",
    "nodeOptions": {"import": ["./a.js", "./b.js"], "warnings": false, "max-http-header-size": 9},
    "test": {"test-concurrency": 2, "experimental-test-coverage": true},
    "watch": {"watch-path": "src"},
    "permission": {"allow-fs-read": ["*"]}
  })");
  EXPECT_EQ(file.error, "");
  EXPECT_EQ(file.node_options, (Words{"--import=./a.js", "--import=./b.js", "--no-warnings",
                                      "--max-http-header-size=9"}));
  EXPECT_EQ(file.arguments, (Words{"--test-concurrency=2", "--experimental-test-coverage",
                                   "--watch-path=src", "--allow-fs-read=*"}));
}

TEST(ConfigFileTest, MayBeginWithAByteOrderMark) {
  const ConfigFile file =
      ParseConfigFile("c.json", "\xef\xbb\xbf{\"nodeOptions\": {\"title\": \"x\"}}");
  EXPECT_EQ(file.error, "");
  EXPECT_EQ(file.node_options, Words{"--title=x"});
}

TEST(ConfigFileTest, SaysWhatIsWrong) {
  const struct {
    const char* text;
    const char* error;
  } cases[] = {
      {"", "Can't parse c.json"},
      {"{\"nodeOptions\":{}", "Can't parse c.json"},
      {"{\"nodeOptions\":{},}", "Can't parse c.json"},
      {"{\"nodeOptions\":{}} x", "Can't parse c.json"},
      {"{\"nodeOptions\":{\"title\" 5}}", "Can't parse c.json"},
      {"{\"nodeOptions\":{\"a\\q\":5}}", "Can't parse c.json"},
      {"{\"nodeOptions\":{\"title\":\"\\ud800\"}}", "Invalid value for --title"},
      {"{\"nodeOptions\":{\"warnings\":tru}}", "Invalid value for --warnings"},
      {"[]", "Root value unexpected not an object for c.json\n"},
      {"{\"x\":{}}", "Unknown namespace x"},
      {"{\"testRunner\":{}}",
       "the \"testRunner\" namespace has been removed. Use \"test\" instead."},
      {"{\"test\":5}", "\"test\" value unexpected for c.json (should be an object)"},
      {"{\"nodeOptions\":{\"x\":1}}", "Unknown or not allowed option x for namespace nodeOptions"},
      {"{\"nodeOptions\":{\"test\":true}}",
       "Unknown or not allowed option test for namespace nodeOptions"},
      {"{\"test\":{\"title\":\"x\"}}", "Unknown or not allowed option title for namespace test"},
      {"{\"nodeOptions\":{\"jitless\":true}}", "V8 flag --jitless is currently not supported"},
      {"{\"nodeOptions\":{\"http-parser\":true}}",
       "No-op flag --http-parser is currently not supported"},
      {"{\"nodeOptions\":{\"title\":5}}", "Invalid value for --title"},
      {"{\"nodeOptions\":{\"import\":[5]}}", "Invalid value for --import"},
      {"{\"nodeOptions\":{\"max-http-header-size\":-1}}",
       "Invalid value for --max-http-header-size"},
      {"{\"nodeOptions\":{\"max-http-header-size\":1.5}}",
       "Invalid value for --max-http-header-size"},
      {"{\"nodeOptions\":{\"title\":\"x\",\"title\":\"x\"}}", "Option --title is already defined"},
      {"{\"nodeOptions\":{\"test-only\":true},\"test\":{\"test-only\":true}}",
       "Option --test-only is already defined"},
  };
  for (const auto& [text, error] : cases) {
    const ConfigFile file = ParseConfigFile("c.json", text);
    EXPECT_EQ(file.error, error) << text;
    EXPECT_TRUE(file.node_options.empty() && file.arguments.empty()) << text;
  }
}

}  // namespace
}  // namespace gyre
