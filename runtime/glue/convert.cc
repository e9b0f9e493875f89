#include "runtime/glue/convert.h"

#include <cstring>

#include "simdutf.h"

namespace gyre {

Bytes::Bytes(v8::Local<v8::Value> value) {
  if (value->IsArrayBufferView()) {
    v8::Local<v8::ArrayBufferView> view = value.As<v8::ArrayBufferView>();
    size_ = view->ByteLength();
    // Buffer() moves the bytes of a small view off the JavaScript heap, so that they stay where
    // they are.
    v8::Local<v8::ArrayBuffer> buffer = view->Buffer();
    data_ = static_cast<uint8_t*>(buffer->Data()) + view->ByteOffset();
  } else if (value->IsArrayBuffer()) {
    data_ = static_cast<uint8_t*>(value.As<v8::ArrayBuffer>()->Data());
    size_ = value.As<v8::ArrayBuffer>()->ByteLength();
  } else {
    CHECK(value->IsSharedArrayBuffer());
    data_ = static_cast<uint8_t*>(value.As<v8::SharedArrayBuffer>()->Data());
    size_ = value.As<v8::SharedArrayBuffer>()->ByteLength();
  }
}

bool CanShrink(v8::Local<v8::Value> bytes) {
  if (bytes->IsArrayBufferView()) bytes = bytes.As<v8::ArrayBufferView>()->Buffer();
  return bytes->IsArrayBuffer() && bytes.As<v8::ArrayBuffer>()->IsResizableByUserJavaScript();
}

PinnedBytes::PinnedBytes(v8::Local<v8::Value> value) {
  size_t offset = 0;
  if (value->IsArrayBufferView()) {
    v8::Local<v8::ArrayBufferView> view = value.As<v8::ArrayBufferView>();
    offset = view->ByteOffset();
    size_ = view->ByteLength();
    store_ = view->Buffer()->GetBackingStore();
  } else if (value->IsArrayBuffer()) {
    store_ = value.As<v8::ArrayBuffer>()->GetBackingStore();
    size_ = store_->ByteLength();
  } else {
    CHECK(value->IsSharedArrayBuffer());
    store_ = value.As<v8::SharedArrayBuffer>()->GetBackingStore();
    size_ = store_->ByteLength();
  }
  data_ = static_cast<uint8_t*>(store_->Data()) + offset;
}

PinnedBytes PinnedBytes::ForReading(v8::Local<v8::Value> value) {
  PinnedBytes bytes(value);
  if (!CanShrink(value) || bytes.size_ == 0) return bytes;
  std::shared_ptr<v8::BackingStore> copy = v8::ArrayBuffer::NewBackingStore(
      v8::Isolate::GetCurrent(), bytes.size_, v8::BackingStoreInitializationMode::kUninitialized);
  memcpy(copy->Data(), bytes.data_, bytes.size_);
  bytes.data_ = static_cast<uint8_t*>(copy->Data());
  bytes.store_ = std::move(copy);
  return bytes;
}

v8::Local<v8::Value> ToV8(Environment& env, std::string_view value) {
  v8::Isolate* isolate = env.isolate();
  if (simdutf::validate_ascii(value.data(), value.size())) {
    return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(value.data()),
                                      v8::NewStringType::kNormal, static_cast<int>(value.size()))
        .ToLocalChecked();
  }
  return v8::String::NewFromUtf8(isolate, value.data(), v8::NewStringType::kNormal,
                                 static_cast<int>(value.size()))
      .ToLocalChecked();
}

v8::Local<v8::Uint8Array> CopyToUint8Array(Environment& env, std::span<const uint8_t> bytes) {
  std::unique_ptr<v8::BackingStore> store = v8::ArrayBuffer::NewBackingStore(
      env.isolate(), bytes.size(), v8::BackingStoreInitializationMode::kUninitialized);
  if (!bytes.empty()) memcpy(store->Data(), bytes.data(), bytes.size());
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env.isolate(), std::move(store));
  return v8::Uint8Array::New(buffer, 0, bytes.size());
}

std::string FromV8Converter<std::string>::From(Environment& env, v8::Local<v8::Value> value) {
  if (!value->IsString()) return std::string(Bytes(value).view());
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::String> string = value.As<v8::String>();
  std::string result(string->Utf8Length(isolate), '\0');
  string->WriteUtf8(isolate, result.data(), result.size(),
                    v8::String::WriteFlags::kReplaceInvalidUtf8);
  return result;
}

}  // namespace gyre
