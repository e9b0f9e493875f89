#ifndef GYRE_GLUE_ARRAY_BUFFER_H_
#define GYRE_GLUE_ARRAY_BUFFER_H_

#include <cstddef>
#include <string_view>

#include "v8-array-buffer.h"
#include "v8-isolate.h"
#include "v8-local-handle.h"

namespace gyre {

// An ArrayBuffer with a copy of the bytes. `data` may be null when there are none.
v8::Local<v8::ArrayBuffer> CopyToArrayBuffer(v8::Isolate* isolate, const void* data, size_t size);

inline v8::Local<v8::ArrayBuffer> CopyToArrayBuffer(v8::Isolate* isolate, std::string_view bytes) {
  return CopyToArrayBuffer(isolate, bytes.data(), bytes.size());
}

}  // namespace gyre

#endif  // GYRE_GLUE_ARRAY_BUFFER_H_
