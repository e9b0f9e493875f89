// .env files. The property: what was read, written down again in quotes, is read as the same; keys
// are trimmed and hold no '=' or line end.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/support/check.h"
#include "runtime/util/dotenv.h"

namespace gyre {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void CheckKey(const std::string& key) {
  FUZZ_CHECK(!key.empty(), key);
  FUZZ_CHECK(!IsSpace(key.front()) && !IsSpace(key.back()), Printable(key));
  FUZZ_CHECK(key.find_first_of("=\n\r") == std::string::npos, Printable(key));
}

// A quote that the value does not hold; only in double quotes do escapes count, so never those.
char QuoteFor(std::string_view value) {
  for (char quote : {'\'', '`'}) {
    if (value.find(quote) == std::string_view::npos) return quote;
  }
  return '\0';
}

void Check(std::string_view content) {
  const Pairs pairs = ParseDotenv(content);
  Pairs expected;
  std::string written;
  for (const auto& [key, value] : pairs) {
    CheckKey(key);
    FUZZ_CHECK(value.find('\r') == std::string::npos, Printable(value));
    const char quote = QuoteFor(value);
    if (quote == '\0') continue;
    // One `export ` is dropped, so a key that begins with one, or with '#', is safe behind it.
    written += "export " + key + "=" + quote + value + quote + " # comment\r\n";
    expected.emplace_back(key, value);
  }
  FUZZ_CHECK(ParseDotenv(written) == expected, Printable(written));
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gyre::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
