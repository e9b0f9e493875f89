// The command line and NODE_OPTIONS. The properties: arguments are lost or invented nowhere (what
// stood before the script and what follows are the whole line); the options part, parsed on its
// own, means the same; words quoted for NODE_OPTIONS mean what they mean on the command line. The
// input is arguments, one a line; a first line that begins with '$' is NODE_OPTIONS.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/check.h"
#include "runtime/base/options.h"

namespace gyre {
namespace {

using Words = std::vector<std::string>;

Words Lines(std::string_view text) {
  Words lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string Show(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += "[" + Printable(word) + "]";
  return text;
}

CommandLine Parse(const Words& words) {
  CommandLine line;
  ParseArguments(words, &line);
  return line;
}

void CheckSame(const CommandLine& a, const CommandLine& b, const Words& words) {
  FUZZ_CHECK(a.errors == b.errors, Show(words) + Show(a.errors) + Show(b.errors));
  FUZZ_CHECK(a.options.values() == b.options.values(), Show(words));
  FUZZ_CHECK(a.v8_flags == b.v8_flags && a.has_eval == b.has_eval, Show(words));
}

// An option that is written down with the value it means.
bool IsCompleted(std::string word) {
  std::replace(word.begin(), word.end(), '_', '-');
  return word == "--experimental-config-file" || word == "--experimental-default-config-file";
}

void CheckArguments(Words words) {
  std::erase_if(words, IsCompleted);
  const CommandLine line = Parse(words);
  if (!line.errors.empty()) return;

  Words all = line.exec_argv;
  all.insert(all.end(), line.arguments.begin(), line.arguments.end());
  const size_t dashes = words.size() - all.size();
  FUZZ_CHECK(dashes <= 1, Show(words) + Show(all));
  if (dashes == 1) all.insert(all.begin() + line.exec_argv.size(), "--");
  FUZZ_CHECK(all == words, Show(words) + Show(all));

  CheckSame(line, Parse(line.exec_argv), line.exec_argv);
}

// As a shell user writes it: each word in quotes.
std::string Quoted(const Words& words) {
  std::string text;
  for (const std::string& word : words) {
    text += " \"";
    for (char c : word) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text;
}

void CheckNodeOptions(const Words& words) {
  // An empty word has no quoted form.
  for (const std::string& word : words) {
    if (word.empty()) return;
  }
  CommandLine environment;
  ParseNodeOptions(Quoted(words), &environment);
  if (!environment.errors.empty()) return;
  const CommandLine line = Parse(words);
  CheckSame(environment, line, words);
  FUZZ_CHECK(environment.exec_argv.empty(), Show(environment.exec_argv));
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.substr(0, 1) == "$") {
    gyre::CommandLine line;
    gyre::ParseNodeOptions(text.substr(1), &line);
  }
  const gyre::Words words = gyre::Lines(text);
  gyre::CheckArguments(words);
  gyre::CheckNodeOptions(words);
  return 0;
}
