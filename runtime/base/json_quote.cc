#include "runtime/base/json_quote.h"

#include "simdutf.h"

namespace gyre {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

void AppendEscaped(std::string_view utf8, std::string* json) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      json->append("\\u00");
      json->push_back(kDigits[byte >> 4]);
      json->push_back(kDigits[byte & 0xf]);
      continue;
    }
    if (c == '"' || c == '\\') json->push_back('\\');
    json->push_back(c);
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* json) {
  json->push_back('"');
  for (;;) {
    const simdutf::result valid = simdutf::validate_utf8_with_errors(text.data(), text.size());
    if (valid.error == simdutf::SUCCESS) break;
    AppendEscaped(text.substr(0, valid.count), json);
    json->append(kReplacement);
    text.remove_prefix(valid.count + 1);
  }
  AppendEscaped(text, json);
  json->push_back('"');
}

}  // namespace gyre
