#ifndef GYRE_CHILD_PROCESS_BYTE_QUEUE_H_
#define GYRE_CHILD_PROCESS_BYTE_QUEUE_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace gyre {

// Bytes that arrive in pieces. Grows by realloc, which moves large blocks without copying them.
class ByteQueue {
 public:
  ByteQueue() = default;
  ~ByteQueue();
  ByteQueue(const ByteQueue&) = delete;
  ByteQueue& operator=(const ByteQueue&) = delete;

  void Append(std::string_view bytes);
  // Room for `size` bytes in all.
  void Reserve(size_t size);
  // Has the kernel provide the memory of `size` bytes of spare() now: less work than page by page
  // while they are read.
  void PrepareSpare(size_t size);
  void RemovePrefix(size_t size);
  // Gives the memory away, `size` bytes of view() at its start; the others stay. It is malloc's.
  char* Release(size_t size);

  // Memory behind the bytes, for whoever reads into it; what was read counts from Commit() on.
  std::span<char> spare() { return {data_ + begin_ + size_, capacity_ - begin_ - size_}; }
  void Commit(size_t size) { size_ += size; }

  std::string_view view() const { return {data_ + begin_, size_}; }
  size_t size() const { return size_; }

 private:
  char* data_ = nullptr;
  size_t begin_ = 0;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_BYTE_QUEUE_H_
