#include "runtime/base/json.h"

#include <cstddef>
#include <cstdint>

namespace gyre {
namespace {

constexpr int kMaxDepth = 1000;

void AppendUtf8(uint32_t code_point, std::string* text) {
  if (code_point < 0x80) {
    text->push_back(static_cast<char>(code_point));
    return;
  }
  int trailing = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  constexpr uint8_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  text->push_back(static_cast<char>(kLead[trailing] | (code_point >> (6 * trailing))));
  while (trailing-- > 0) {
    text->push_back(static_cast<char>(0x80 | ((code_point >> (6 * trailing)) & 0x3F)));
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool ReadDocument(JsonValue* value) {
    if (!ReadValue(value, 0)) return false;
    SkipSpace();
    return position_ == text_.size();
  }

 private:
  // The next character, '\0' at the end.
  char Peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }

  void SkipSpace() {
    while (position_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[position_]) != std::string_view::npos) {
      position_++;
    }
  }

  bool Take(char c) {
    SkipSpace();
    if (Peek() != c || position_ == text_.size()) return false;
    position_++;
    return true;
  }

  bool TakeWord(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return false;
    position_ += word.size();
    return true;
  }

  bool ReadValue(JsonValue* value, int depth) {
    if (depth > kMaxDepth) return false;
    SkipSpace();
    switch (Peek()) {
      case '{':
        return ReadObject(&value->value.emplace<JsonObject>(), depth);
      case '[':
        return ReadArray(&value->value.emplace<JsonArray>(), depth);
      case '"':
        return ReadString(&value->value.emplace<std::string>());
      case 't':
        value->value = true;
        return TakeWord("true");
      case 'f':
        value->value = false;
        return TakeWord("false");
      case 'n':
        value->value = nullptr;
        return TakeWord("null");
      default:
        return ReadNumber(&value->value.emplace<JsonNumber>().text);
    }
  }

  bool ReadObject(JsonObject* object, int depth) {
    position_++;
    if (Take('}')) return true;
    do {
      auto& [name, value] = object->emplace_back();
      SkipSpace();
      if (Peek() != '"' || !ReadString(&name)) return false;
      if (!Take(':') || !ReadValue(&value, depth + 1)) return false;
    } while (Take(','));
    return Take('}');
  }

  bool ReadArray(JsonArray* array, int depth) {
    position_++;
    if (Take(']')) return true;
    do {
      if (!ReadValue(&array->emplace_back(), depth + 1)) return false;
    } while (Take(','));
    return Take(']');
  }

  bool TakeDigits() {
    const size_t start = position_;
    while (Peek() >= '0' && Peek() <= '9') position_++;
    return position_ > start;
  }

  bool ReadNumber(std::string* number) {
    const size_t start = position_;
    TakeWord("-");
    // No digit follows a leading zero.
    if (!TakeWord("0") && !TakeDigits()) return false;
    if (TakeWord(".") && !TakeDigits()) return false;
    if (TakeWord("e") || TakeWord("E")) {
      if (!TakeWord("+")) TakeWord("-");
      if (!TakeDigits()) return false;
    }
    *number = text_.substr(start, position_ - start);
    return true;
  }

  bool ReadString(std::string* string) {
    for (position_++; position_ < text_.size(); position_++) {
      const char c = text_[position_];
      if (c == '"') {
        position_++;
        return true;
      }
      if (static_cast<uint8_t>(c) < 0x20) return false;
      if (c != '\\') {
        string->push_back(c);
      } else if (!ReadEscape(string)) {
        return false;
      }
    }
    return false;
  }

  // Stands on the backslash, and leaves off on the escape's last character.
  bool ReadEscape(std::string* string) {
    position_++;
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kCharacters = "\"\\/\b\f\n\r\t";
    if (Peek() == 'u') return ReadUnicodeEscape(string);
    const size_t index = kNames.find(Peek());
    if (index == std::string_view::npos || position_ >= text_.size()) return false;
    string->push_back(kCharacters[index]);
    return true;
  }

  bool ReadUnicodeEscape(std::string* string) {
    uint32_t unit = 0;
    if (!ReadHex(&unit)) return false;
    if (unit >= 0xD800 && unit < 0xE000) {
      // Halves of a pair mean something together only.
      uint32_t low = 0;
      position_++;
      if (unit >= 0xDC00 || !TakeWord("\\") || Peek() != 'u' || !ReadHex(&low)) return false;
      if (low < 0xDC00 || low >= 0xE000) return false;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    AppendUtf8(unit, string);
    return true;
  }

  // Stands on the u, and leaves off on the last of four digits.
  bool ReadHex(uint32_t* unit) {
    for (int i = 0; i < 4; i++) {
      position_++;
      const char c = Peek();
      const bool digit = c >= '0' && c <= '9';
      const char letter = static_cast<char>(c | 0x20);
      if (!digit && (letter < 'a' || letter > 'f')) return false;
      *unit = *unit * 16 + static_cast<uint32_t>(digit ? c - '0' : letter - 'a' + 10);
    }
    return true;
  }

  const std::string_view text_;
  size_t position_ = 0;
};

}  // namespace

std::optional<JsonValue> ParseJson(std::string_view text) {
  JsonValue value;
  if (!Reader(text).ReadDocument(&value)) return std::nullopt;
  return value;
}

}  // namespace gyre
