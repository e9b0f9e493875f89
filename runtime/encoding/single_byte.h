#ifndef GYRE_ENCODING_SINGLE_BYTE_H_
#define GYRE_ENCODING_SINGLE_BYTE_H_

#include <string_view>

namespace gyre {

// What the bytes 0x80 to 0xff stand for in a legacy single-byte encoding, by its name in the
// Encoding Standard; null for a name that is not one of those. U+FFFD marks a byte that stands for
// nothing.
const char16_t* SingleByteUpperHalf(std::string_view encoding);

}  // namespace gyre

#endif  // GYRE_ENCODING_SINGLE_BYTE_H_
