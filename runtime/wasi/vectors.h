#ifndef GYRE_WASI_VECTORS_H_
#define GYRE_WASI_VECTORS_H_

#include <concepts>
#include <vector>

#include "runtime/wasi/calls.h"

namespace gyre::wasi {

// The parts of memory that `count` descriptions at `at` name, as reading (uvwasi_iovec_t) and
// writing (uvwasi_ciovec_t) take them.
template <class Vector>
class Vectors {
 public:
  Vectors(M memory, uint32_t at, uint32_t count) {
    // Before memory is taken for them: the number is the program's.
    if (!memory.HasArray(at, UVWASI_SERDES_SIZE_iovec_t, count)) {
      error_ = UVWASI_EOVERFLOW;
      return;
    }
    parts_.resize(count);
    if constexpr (std::same_as<Vector, uvwasi_iovec_t>) {
      error_ = uvwasi_serdes_readv_iovec_t(memory.data, memory.size, at, parts_.data(), count);
    } else {
      error_ = uvwasi_serdes_readv_ciovec_t(memory.data, memory.size, at, parts_.data(), count);
    }
  }

  // UVWASI_EOVERFLOW when one of them is not within the memory.
  Errno error() const { return error_; }
  const Vector* data() const { return parts_.data(); }

 private:
  std::vector<Vector> parts_;
  Errno error_ = UVWASI_ESUCCESS;
};

}  // namespace gyre::wasi

#endif  // GYRE_WASI_VECTORS_H_
