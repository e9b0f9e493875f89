#ifndef GYRE_BUFFER_VIEW_CONTENTS_H_
#define GYRE_BUFFER_VIEW_CONTENTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "absl/log/check.h"
#include "v8.h"

namespace gyre {

// The bytes of a view or buffer, for reading only. Unlike Bytes (runtime/glue/convert.h) it leaves
// the elements of a small typed array on the JavaScript heap and copies them instead, so it
// allocates nothing and is fit for fast calls.
class ViewContents {
 public:
  explicit ViewContents(v8::Local<v8::Value> value) {
    if (value->IsArrayBufferView()) {
      v8::MemorySpan<uint8_t> contents = value.As<v8::ArrayBufferView>()->GetContents(
          v8::MemorySpan<uint8_t>(storage_, sizeof(storage_)));
      bytes_ = {contents.data(), contents.size()};
    } else if (value->IsArrayBuffer()) {
      auto buffer = value.As<v8::ArrayBuffer>();
      bytes_ = {static_cast<const uint8_t*>(buffer->Data()), buffer->ByteLength()};
    } else {
      CHECK(value->IsSharedArrayBuffer());
      auto buffer = value.As<v8::SharedArrayBuffer>();
      bytes_ = {static_cast<const uint8_t*>(buffer->Data()), buffer->ByteLength()};
    }
  }
  ViewContents(const ViewContents&) = delete;
  ViewContents& operator=(const ViewContents&) = delete;

  std::span<const uint8_t> bytes() const { return bytes_; }

  // [start, end), clamped: the buffer may have shrunk since JavaScript looked.
  std::span<const uint8_t> Slice(double start, double end) const {
    const size_t last = std::min(static_cast<size_t>(end), bytes_.size());
    const size_t first = std::min(static_cast<size_t>(start), last);
    return bytes_.subspan(first, last - first);
  }

 private:
  // As large as the largest typed array that V8 keeps on its heap.
  uint8_t storage_[V8_TYPED_ARRAY_MAX_SIZE_IN_HEAP];
  std::span<const uint8_t> bytes_;
};

}  // namespace gyre

#endif  // GYRE_BUFFER_VIEW_CONTENTS_H_
