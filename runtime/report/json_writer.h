#ifndef GYRE_REPORT_JSON_WRITER_H_
#define GYRE_REPORT_JSON_WRITER_H_

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace gyre {

// Writes JSON front to back into a string: no tree is built and V8 is not needed, so that a report
// can be made when the heap is exhausted. Members of an object have a key, elements of an array ""
// for one.
class JsonWriter {
 public:
  explicit JsonWriter(bool compact) : compact_(compact) {}

  void BeginObject(std::string_view key = "") { Begin(key, '{'); }
  void EndObject() { End('}'); }
  void BeginArray(std::string_view key = "") { Begin(key, '['); }
  void EndArray() { End(']'); }

  void String(std::string_view key, std::string_view value);
  void Bool(std::string_view key, bool value) { Raw(key, value ? "true" : "false"); }
  void Null(std::string_view key) { Raw(key, "null"); }
  template <std::integral T>
  void Number(std::string_view key, T value) {
    Raw(key, absl::StrCat(value));
  }
  void Number(std::string_view key, double value) { Raw(key, absl::StrCat(value)); }

  const std::string& text() const { return text_; }

 private:
  void Begin(std::string_view key, char bracket);
  void End(char bracket);
  void Raw(std::string_view key, std::string_view value);
  void StartValue(std::string_view key);
  void NewLine();

  const bool compact_;
  std::string text_;
  int depth_ = 0;
  bool is_first_ = true;  // of the object or array being written
};

}  // namespace gyre

#endif  // GYRE_REPORT_JSON_WRITER_H_
