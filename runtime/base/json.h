// Reads JSON where there is no V8 yet to do it: before options are known.

#ifndef GYRE_BASE_JSON_H_
#define GYRE_BASE_JSON_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gyre {

struct JsonMember;
struct JsonValue;

// As written: what the number means depends on who asks.
struct JsonNumber {
  std::string text;
};

using JsonArray = std::vector<JsonValue>;
// In the order of the text; names may come twice.
using JsonObject = std::vector<JsonMember>;

struct JsonValue {
  std::variant<std::nullptr_t, bool, JsonNumber, std::string, JsonArray, JsonObject> value;

  template <class T>
  const T* As() const {
    return std::get_if<T>(&value);
  }
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

// Nothing when the text is not exactly one JSON value, or is nested deeper than 1,000 levels.
std::optional<JsonValue> ParseJson(std::string_view text);

}  // namespace gyre

#endif  // GYRE_BASE_JSON_H_
