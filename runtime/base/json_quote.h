#ifndef GYRE_BASE_JSON_QUOTE_H_
#define GYRE_BASE_JSON_QUOTE_H_

#include <string>
#include <string_view>

namespace gyre {

// Appends `text` to `json` as a JSON string, quotes included. The result is valid JSON whatever the
// text is: a byte that belongs to no UTF-8 sequence becomes U+FFFD, a control character \u00XX;
// everything else stays as it is, so that a reader gets the very text back.
void AppendJsonString(std::string_view text, std::string* json);

}  // namespace gyre

#endif  // GYRE_BASE_JSON_QUOTE_H_
