#include "runtime/report/json_writer.h"

#include "runtime/base/json_quote.h"

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
  AppendJsonString(value, &text_);
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
  AppendJsonString(key, &text_);
  text_.append(compact_ ? ":" : ": ");
}

void JsonWriter::NewLine() {
  if (compact_) return;
  text_.push_back('\n');
  text_.append(2 * depth_, ' ');
}

}  // namespace gyre
