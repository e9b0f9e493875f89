#ifndef GYRE_CHILD_PROCESS_LARGE_TEXT_H_
#define GYRE_CHILD_PROCESS_LARGE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gyre {

// A large string in a message as it came: the message itself, or a member of the object that the
// message is. Its characters are one byte each and stand there as they are, so that they need not
// be copied to make it a string of JavaScript's.
struct LargeText {
  bool is_member = false;
  std::string_view key;    // of a member, as the message writes it
  size_t literal = 0;      // where its literal begins in the message,
  size_t literal_end = 0;  // and ends
  std::string_view text;
};

constexpr size_t kLargeText = 64 * 1024;

// In JSON that is ASCII, and in V8's serialisation behind its header. What they do not understand,
// or would have to look at for long, they leave to whoever reads the message.
std::vector<LargeText> FindLargeInJson(std::string_view json);
std::vector<LargeText> FindLargeInSerialized(std::string_view bytes);

// The message with `literals` in the places of these texts.
std::string ReplaceLarge(std::string_view message, const std::vector<LargeText>& large,
                         const std::vector<std::string>& literals);

// A base-128 number, as V8 writes lengths.
void AppendVarint(size_t number, std::string* out);

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_LARGE_TEXT_H_
