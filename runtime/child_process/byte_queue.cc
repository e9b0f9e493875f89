#include "runtime/child_process/byte_queue.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/log/check.h"

namespace gyre {

ByteQueue::~ByteQueue() { std::free(data_); }

void ByteQueue::Reserve(size_t size) {
  if (begin_ > 0) {
    std::memmove(data_, data_ + begin_, size_);
    begin_ = 0;
  }
  if (size <= capacity_) return;
  data_ = static_cast<char*>(std::realloc(data_, size));
  CHECK(data_ != nullptr) << "out of memory";
  capacity_ = size;
}

void ByteQueue::PrepareSpare(size_t size) {
  static const uintptr_t page = sysconf(_SC_PAGESIZE);
  const auto begin = (reinterpret_cast<uintptr_t>(spare().data()) + page - 1) & ~(page - 1);
  const auto end = (reinterpret_cast<uintptr_t>(spare().data()) + size) & ~(page - 1);
  // An old kernel does not know it, and has a fault for each page.
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE);
}

void ByteQueue::Append(std::string_view bytes) {
  if (bytes.size() > spare().size()) {
    Reserve(std::max(size_ + bytes.size(), 2 * capacity_));
  }
  std::memcpy(spare().data(), bytes.data(), bytes.size());
  size_ += bytes.size();
}

void ByteQueue::RemovePrefix(size_t size) {
  constexpr size_t kKept = 128 * 1024;
  begin_ += size;
  size_ -= size;
  if (size_ > 0) return;
  begin_ = 0;
  if (capacity_ <= kKept) return;
  std::free(std::exchange(data_, nullptr));
  capacity_ = 0;
}

char* ByteQueue::Release(size_t size) {
  Reserve(0);
  char* released = std::exchange(data_, nullptr);
  const std::string_view others(released + size, size_ - size);
  size_ = capacity_ = 0;
  if (!others.empty()) Append(others);
  // Without the room that there was to grow.
  char* fitting = static_cast<char*>(std::realloc(released, size));
  return fitting == nullptr ? released : fitting;
}

}  // namespace gyre
