// How a fuzz target says that its property does not hold.

#ifndef GYRE_FUZZ_CHECK_H_
#define GYRE_FUZZ_CHECK_H_

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gyre {

// Text with what a terminal would not show escaped.
inline std::string Printable(std::string_view text) {
  std::string out;
  for (unsigned char c : text.substr(0, 4096)) {
    if (c >= 0x20 && c < 0x7f && c != '\\') {
      out.push_back(static_cast<char>(c));
    } else {
      char escape[5];
      snprintf(escape, sizeof(escape), "\\x%02x", c);
      out += escape;
    }
  }
  return out;
}

[[noreturn]] inline void FailProperty(const char* file, int line, std::string_view what,
                                      std::string_view details) {
  fprintf(stderr, "%s:%d: the property does not hold: %.*s\n%.*s\n", file, line,
          static_cast<int>(what.size()), what.data(), static_cast<int>(details.size()),
          details.data());
  abort();
}

}  // namespace gyre

#define FUZZ_CHECK(condition, details) \
  ((condition) ? static_cast<void>(0)  \
               : ::gyre::FailProperty(__FILE__, __LINE__, #condition, (details)))

#endif  // GYRE_FUZZ_CHECK_H_
