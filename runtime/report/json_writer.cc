#include "runtime/report/json_writer.h"

#include <cstdio>

namespace gyre {

void JsonWriter::Begin(std::string_view key, char bracket) {
  StartValue(key);
  text_.push_back(bracket);
  depth_++;
  is_first_ = true;
}

void JsonWriter::End(char bracket) {
  depth_--;
  if (!is_first_) NewLine();
  text_.push_back(bracket);
  is_first_ = false;
}

void JsonWriter::String(std::string_view key, std::string_view value) {
  StartValue(key);
  Quote(value);
}

void JsonWriter::Raw(std::string_view key, std::string_view value) {
  StartValue(key);
  text_.append(value);
}

void JsonWriter::StartValue(std::string_view key) {
  if (!is_first_) text_.push_back(',');
  if (depth_ > 0) NewLine();
  is_first_ = false;
  if (key.empty()) return;
  Quote(key);
  text_.append(compact_ ? ":" : ": ");
}

void JsonWriter::NewLine() {
  if (compact_) return;
  text_.push_back('\n');
  text_.append(2 * depth_, ' ');
}

void JsonWriter::Quote(std::string_view value) {
  text_.push_back('"');
  for (char c : value) {
    if (c == '"' || c == '\\') {
      text_.push_back('\\');
      text_.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      snprintf(escape, sizeof(escape), "\\u%04x", c);
      text_.append(escape);
    } else {
      text_.push_back(c);
    }
  }
  text_.push_back('"');
}

}  // namespace gyre
