#ifndef GYRE_FUZZ_SUPPORT_CUTS_H_
#define GYRE_FUZZ_SUPPORT_CUTS_H_

#include <cstddef>
#include <cstdint>

namespace gyre {

// Where to cut up an input that must mean the same in one piece: lengths of 1 to 24 bytes that
// depend on the input only, from a linear congruential generator seeded with it.
class Cuts {
 public:
  Cuts(const uint8_t* data, size_t size) {
    for (size_t i = 0; i < size; i++) state_ = state_ * 31 + data[i];
  }
  size_t Next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return 1 + (state_ >> 33) % 24;
  }

 private:
  uint64_t state_ = 1;
};

}  // namespace gyre

#endif  // GYRE_FUZZ_SUPPORT_CUTS_H_
