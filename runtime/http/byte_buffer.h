#ifndef GYRE_HTTP_BYTE_BUFFER_H_
#define GYRE_HTTP_BYTE_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace gyre {

// Bytes that grow at the end. Unlike std::string it does not zero what is about to be written.
class ByteBuffer {
 public:
  ByteBuffer() = default;
  ~ByteBuffer() { std::free(data_); }
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;

  char* data() { return data_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::string_view view() const { return {data_, size_}; }

  // Makes room for `size` more bytes, to be written by the caller.
  char* Extend(size_t size) {
    if (size_ + size > capacity_) Grow(size_ + size);
    char* at = data_ + size_;
    size_ += size;
    return at;
  }
  void Append(std::string_view bytes) {
    std::memcpy(Extend(bytes.size()), bytes.data(), bytes.size());
  }
  void Truncate(size_t size) { size_ = size; }

  // Empties it; a buffer that grew far beyond what is usual gives its memory back.
  void Clear() {
    size_ = 0;
    if (capacity_ <= kKeptCapacity) return;
    std::free(data_);
    data_ = nullptr;
    capacity_ = 0;
  }

 private:
  static constexpr size_t kKeptCapacity = 256 * 1024;

  void Grow(size_t needed) {
    capacity_ = std::max<size_t>({needed, capacity_ * 2, 4096});
    data_ = static_cast<char*>(std::realloc(data_, capacity_));
  }

  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace gyre

#endif  // GYRE_HTTP_BYTE_BUFFER_H_
