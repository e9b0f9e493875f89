#ifndef GYRE_CHILD_PROCESS_JSON_TEXT_H_
#define GYRE_CHILD_PROCESS_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace gyre {

// Strings that leave as UTF-8 a chunk at a time: too large to be encoded in memory first. Latin-1
// or UTF-16; whoever cuts one does not cut between the halves of a surrogate pair.

// Appends the text as it is. A surrogate without its other half becomes U+FFFD.
void AppendText(std::span<const uint8_t> text, std::string* utf8);
void AppendText(std::span<const uint16_t> text, std::string* utf8);

// Appends what JSON.stringify makes of the text, without the quotes. A surrogate without its other
// half is escaped.
void AppendJsonText(std::span<const uint8_t> text, std::string* json);
void AppendJsonText(std::span<const uint16_t> text, std::string* json);

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_JSON_TEXT_H_
