#include "runtime/util/dotenv.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre {
namespace {

constexpr std::string_view kSpace = " \t\n";
constexpr auto kNone = std::string_view::npos;

std::string_view TrimLeft(std::string_view text) {
  size_t start = text.find_first_not_of(kSpace);
  return start == kNone ? std::string_view() : text.substr(start);
}

std::string_view Trim(std::string_view text) {
  text = TrimLeft(text);
  size_t last = text.find_last_not_of(kSpace);
  return last == kNone ? std::string_view() : text.substr(0, last + 1);
}

// What follows the line that `text` starts in.
std::string_view NextLine(std::string_view text) {
  size_t end = text.find('\n');
  return end == kNone ? std::string_view() : text.substr(end + 1);
}

std::string_view ParseKey(std::string_view text) {
  constexpr std::string_view kExport = "export ";
  text = Trim(text);
  return text.substr(0, kExport.size()) == kExport ? Trim(text.substr(kExport.size())) : text;
}

// In double quotes `\n` is a line break.
std::string Unescape(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n') {
      result.push_back('\n');
      i++;
    } else {
      result.push_back(text[i]);
    }
  }
  return result;
}

// Reads the value `text` starts with and moves `text` behind it.
std::string ParseValue(std::string_view& text) {
  if (text.empty() || text[0] == '\n') return std::string();
  text = TrimLeft(text);
  if (text.empty()) return std::string();
  char quote = text[0];
  if (quote == '"' || quote == '\'' || quote == '`') {
    size_t close = text.find(quote, 1);
    if (close != kNone) {  // A quote without its partner is part of the value.
      std::string_view value = text.substr(1, close - 1);
      text = NextLine(text.substr(close));
      return quote == '"' ? Unescape(value) : std::string(value);
    }
  }
  std::string_view line = text.substr(0, text.find('\n'));
  text = NextLine(text);
  return std::string(Trim(line.substr(0, line.find('#'))));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ParseDotenv(std::string_view content) {
  std::string lines(content);
  lines.erase(std::remove(lines.begin(), lines.end(), '\r'), lines.end());
  std::vector<std::pair<std::string, std::string>> result;
  for (std::string_view rest = TrimLeft(lines); !rest.empty(); rest = TrimLeft(rest)) {
    size_t equals = rest.find('=');
    size_t end = rest.find('\n');
    if (rest[0] == '#' || equals == kNone || end < equals) {
      rest = NextLine(rest);
      continue;
    }
    std::string_view key = ParseKey(rest.substr(0, equals));
    if (key.empty()) {
      rest = NextLine(rest);
      continue;
    }
    rest.remove_prefix(equals + 1);
    std::string value = ParseValue(rest);
    result.emplace_back(key, std::move(value));
  }
  return result;
}

}  // namespace gyre
