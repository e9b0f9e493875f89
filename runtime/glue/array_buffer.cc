#include "runtime/glue/array_buffer.h"

#include <cstring>
#include <memory>
#include <utility>

namespace gyre {

v8::Local<v8::ArrayBuffer> CopyToArrayBuffer(v8::Isolate* isolate, const void* data, size_t size) {
  std::unique_ptr<v8::BackingStore> store = v8::ArrayBuffer::NewBackingStore(
      isolate, size, v8::BackingStoreInitializationMode::kUninitialized);
  if (size > 0) std::memcpy(store->Data(), data, size);
  return v8::ArrayBuffer::New(isolate, std::move(store));
}

}  // namespace gyre
