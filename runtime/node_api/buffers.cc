// Node-API: ArrayBuffer, typed arrays, DataView and Buffer.
#include <cstring>
#include <memory>
#include <string>

#include "runtime/node_api/env.h"
#include "runtime/node_api/external_memory.h"

using gyre::ExternalMemory;
using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::ToNodeApi;

namespace {

struct ArrayKind {
  napi_typedarray_type type;
  const char* name;
  size_t element_bytes;
  bool (v8::Value::*is)() const;
  v8::Local<v8::TypedArray> (*make)(v8::Local<v8::Value> buffer, size_t offset, size_t length);
};

template <class Array>
v8::Local<v8::TypedArray> Make(v8::Local<v8::Value> buffer, size_t offset, size_t length) {
  if (buffer->IsSharedArrayBuffer()) {
    return Array::New(buffer.As<v8::SharedArrayBuffer>(), offset, length);
  }
  return Array::New(buffer.As<v8::ArrayBuffer>(), offset, length);
}

// The memory behind a buffer of either kind; false for other values.
bool MemoryOf(v8::Local<v8::Value> value, void** data, size_t* byte_length) {
  if (value->IsArrayBuffer()) {
    *data = value.As<v8::ArrayBuffer>()->Data();
    *byte_length = value.As<v8::ArrayBuffer>()->ByteLength();
    return true;
  }
  if (value->IsSharedArrayBuffer()) {
    *data = value.As<v8::SharedArrayBuffer>()->Data();
    *byte_length = value.As<v8::SharedArrayBuffer>()->ByteLength();
    return true;
  }
  return false;
}

constexpr ArrayKind kArrayKinds[] = {
    {napi_int8_array, "Int8Array", 1, &v8::Value::IsInt8Array, Make<v8::Int8Array>},
    {napi_uint8_array, "Uint8Array", 1, &v8::Value::IsUint8Array, Make<v8::Uint8Array>},
    {napi_uint8_clamped_array, "Uint8ClampedArray", 1, &v8::Value::IsUint8ClampedArray,
     Make<v8::Uint8ClampedArray>},
    {napi_int16_array, "Int16Array", 2, &v8::Value::IsInt16Array, Make<v8::Int16Array>},
    {napi_uint16_array, "Uint16Array", 2, &v8::Value::IsUint16Array, Make<v8::Uint16Array>},
    {napi_int32_array, "Int32Array", 4, &v8::Value::IsInt32Array, Make<v8::Int32Array>},
    {napi_uint32_array, "Uint32Array", 4, &v8::Value::IsUint32Array, Make<v8::Uint32Array>},
    {napi_float32_array, "Float32Array", 4, &v8::Value::IsFloat32Array, Make<v8::Float32Array>},
    {napi_float64_array, "Float64Array", 8, &v8::Value::IsFloat64Array, Make<v8::Float64Array>},
    {napi_bigint64_array, "BigInt64Array", 8, &v8::Value::IsBigInt64Array, Make<v8::BigInt64Array>},
    {napi_biguint64_array, "BigUint64Array", 8, &v8::Value::IsBigUint64Array,
     Make<v8::BigUint64Array>},
    {napi_float16_array, "Float16Array", 2, &v8::Value::IsFloat16Array, Make<v8::Float16Array>},
};

// Throws the RangeError and says that an argument was wrong.
napi_status ThrowRangeError(napi_env env, const char* code, const std::string& message) {
  napi_throw_range_error(env, code, message.c_str());
  return env->SetLastError(napi_invalid_arg);
}

v8::Local<v8::Value> AsBuffer(napi_env env, v8::Local<v8::ArrayBuffer> memory, size_t offset,
                              size_t length) {
  v8::Local<v8::Uint8Array> array = v8::Uint8Array::New(memory, offset, length);
  v8::Local<v8::Object> prototype =
      env->environment.State<gyre::NodeApiState>().buffer_prototype.Get(env->isolate());
  static_cast<void>(array->SetPrototype(env->context(), prototype));
  return array;
}

}  // namespace

napi_status napi_is_arraybuffer(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsArrayBuffer);
}

napi_status napi_create_arraybuffer(napi_env env, size_t byte_length, void** data,
                                    napi_value* result) {
  return JsCall(env, {result}, [&] {
    v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env->isolate(), byte_length);
    if (data != nullptr) *data = buffer->Data();
    *result = ToNodeApi(buffer);
    return napi_ok;
  });
}

napi_status napi_create_external_arraybuffer(napi_env env, void* external_data, size_t byte_length,
                                             node_api_basic_finalize finalize_cb,
                                             void* finalize_hint, napi_value* result) {
  return JsCall(env, {result}, [&] {
    *result = ToNodeApi(
        ExternalMemory::NewBuffer(env, external_data, byte_length, finalize_cb, finalize_hint));
    return napi_ok;
  });
}

napi_status napi_get_arraybuffer_info(napi_env env, napi_value arraybuffer, void** data,
                                      size_t* byte_length) {
  return NativeCall(env, {arraybuffer}, [&] {
    void* memory;
    size_t length;
    if (!MemoryOf(FromNodeApi(arraybuffer), &memory, &length)) return napi_invalid_arg;
    if (data != nullptr) *data = memory;
    if (byte_length != nullptr) *byte_length = length;
    return napi_ok;
  });
}

napi_status napi_detach_arraybuffer(napi_env env, napi_value arraybuffer) {
  return JsCall(env, {arraybuffer}, [&] {
    v8::Local<v8::Value> value = FromNodeApi(arraybuffer);
    if (!value->IsArrayBuffer()) return napi_arraybuffer_expected;
    v8::Local<v8::ArrayBuffer> buffer = value.As<v8::ArrayBuffer>();
    if (!buffer->IsDetachable()) return napi_detachable_arraybuffer_expected;
    return buffer->Detach(v8::Local<v8::Value>()).FromMaybe(false) ? napi_ok : napi_generic_failure;
  });
}

napi_status napi_is_detached_arraybuffer(napi_env env, napi_value value, bool* result) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    *result = v->IsArrayBuffer() && v.As<v8::ArrayBuffer>()->WasDetached();
    return napi_ok;
  });
}

napi_status napi_is_typedarray(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsTypedArray);
}

napi_status napi_create_typedarray(napi_env env, napi_typedarray_type type, size_t length,
                                   napi_value arraybuffer, size_t byte_offset, napi_value* result) {
  const ArrayKind* kind = nullptr;
  v8::Local<v8::Value> buffer;
  size_t capacity = 0;
  const napi_status status = JsCall(env, {arraybuffer, result}, [&] {
    buffer = FromNodeApi(arraybuffer);
    void* memory;
    if (!MemoryOf(buffer, &memory, &capacity)) return napi_invalid_arg;
    for (const ArrayKind& one : kArrayKinds) {
      if (one.type == type) kind = &one;
    }
    return kind == nullptr ? napi_invalid_arg : napi_ok;
  });
  if (status != napi_ok) return status;
  if (byte_offset % kind->element_bytes != 0) {
    return ThrowRangeError(env, "ERR_NAPI_INVALID_TYPEDARRAY_ALIGNMENT",
                           std::string("start offset of ") + kind->name +
                               " should be a multiple of " + std::to_string(kind->element_bytes));
  }
  if (byte_offset > capacity || length > (capacity - byte_offset) / kind->element_bytes) {
    return ThrowRangeError(env, "ERR_NAPI_INVALID_TYPEDARRAY_LENGTH", "Invalid typed array length");
  }
  *result = ToNodeApi(kind->make(buffer, byte_offset, length));
  return env->SetLastError(napi_ok);
}

napi_status napi_get_typedarray_info(napi_env env, napi_value typedarray,
                                     napi_typedarray_type* type, size_t* length, void** data,
                                     napi_value* arraybuffer, size_t* byte_offset) {
  return NativeCall(env, {typedarray}, [&] {
    v8::Local<v8::Value> value = FromNodeApi(typedarray);
    if (!value->IsTypedArray()) return napi_invalid_arg;
    v8::Local<v8::TypedArray> array = value.As<v8::TypedArray>();
    for (const ArrayKind& kind : kArrayKinds) {
      if (type != nullptr && ((*value)->*kind.is)()) *type = kind.type;
    }
    if (length != nullptr) *length = array->Length();
    if (data != nullptr || arraybuffer != nullptr) {
      // Small arrays get their memory when it is asked for.
      v8::Local<v8::ArrayBuffer> buffer = array->Buffer();
      if (data != nullptr) *data = static_cast<uint8_t*>(buffer->Data()) + array->ByteOffset();
      if (arraybuffer != nullptr) *arraybuffer = ToNodeApi(buffer);
    }
    if (byte_offset != nullptr) *byte_offset = array->ByteOffset();
    return napi_ok;
  });
}

napi_status napi_create_dataview(napi_env env, size_t byte_length, napi_value arraybuffer,
                                 size_t byte_offset, napi_value* result) {
  v8::Local<v8::Value> value;
  size_t capacity = 0;
  const napi_status status = JsCall(env, {arraybuffer, result}, [&] {
    value = FromNodeApi(arraybuffer);
    void* memory;
    return MemoryOf(value, &memory, &capacity) ? napi_ok : napi_invalid_arg;
  });
  if (status != napi_ok) return status;
  if (byte_offset > capacity || byte_length > capacity - byte_offset) {
    napi_throw_range_error(env, "ERR_NAPI_INVALID_DATAVIEW_ARGS",
                           "byte_offset + byte_length should be less than or equal to the size in "
                           "bytes of the array passed in");
    return env->SetLastError(napi_pending_exception);
  }
  *result = ToNodeApi(
      value->IsArrayBuffer()
          ? v8::DataView::New(value.As<v8::ArrayBuffer>(), byte_offset, byte_length)
          : v8::DataView::New(value.As<v8::SharedArrayBuffer>(), byte_offset, byte_length));
  return env->SetLastError(napi_ok);
}

napi_status napi_is_dataview(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsDataView);
}

napi_status napi_get_dataview_info(napi_env env, napi_value dataview, size_t* byte_length,
                                   void** data, napi_value* arraybuffer, size_t* byte_offset) {
  return NativeCall(env, {dataview}, [&] {
    v8::Local<v8::Value> value = FromNodeApi(dataview);
    if (!value->IsDataView()) return napi_invalid_arg;
    v8::Local<v8::DataView> view = value.As<v8::DataView>();
    if (byte_length != nullptr) *byte_length = view->ByteLength();
    v8::Local<v8::ArrayBuffer> buffer = view->Buffer();
    if (data != nullptr) *data = static_cast<uint8_t*>(buffer->Data()) + view->ByteOffset();
    if (arraybuffer != nullptr) *arraybuffer = ToNodeApi(buffer);
    if (byte_offset != nullptr) *byte_offset = view->ByteOffset();
    return napi_ok;
  });
}

napi_status napi_create_buffer(napi_env env, size_t length, void** data, napi_value* result) {
  return JsCall(env, {result}, [&] {
    v8::Local<v8::ArrayBuffer> memory = v8::ArrayBuffer::New(env->isolate(), length);
    if (data != nullptr) *data = memory->Data();
    *result = ToNodeApi(AsBuffer(env, memory, 0, length));
    return napi_ok;
  });
}

napi_status napi_create_buffer_copy(napi_env env, size_t length, const void* data,
                                    void** result_data, napi_value* result) {
  void* memory = nullptr;
  const napi_status status = napi_create_buffer(env, length, &memory, result);
  if (status != napi_ok) return status;
  if (length > 0) std::memcpy(memory, data, length);
  if (result_data != nullptr) *result_data = memory;
  return napi_ok;
}

napi_status napi_create_external_buffer(napi_env env, size_t length, void* data,
                                        node_api_basic_finalize finalize_cb, void* finalize_hint,
                                        napi_value* result) {
  return JsCall(env, {result}, [&] {
    *result = ToNodeApi(AsBuffer(
        env, ExternalMemory::NewBuffer(env, data, length, finalize_cb, finalize_hint), 0, length));
    return napi_ok;
  });
}

napi_status node_api_create_buffer_from_arraybuffer(napi_env env, napi_value arraybuffer,
                                                    size_t byte_offset, size_t byte_length,
                                                    napi_value* result) {
  v8::Local<v8::ArrayBuffer> memory;
  const napi_status status = JsCall(env, {arraybuffer, result}, [&] {
    if (!FromNodeApi(arraybuffer)->IsArrayBuffer()) return napi_arraybuffer_expected;
    memory = FromNodeApi(arraybuffer).As<v8::ArrayBuffer>();
    return napi_ok;
  });
  if (status != napi_ok) return status;
  const size_t capacity = memory->ByteLength();
  if (byte_offset > capacity || byte_length > capacity - byte_offset) {
    napi_throw_range_error(env, "ERR_OUT_OF_RANGE", "The byte offset + length is out of range");
    return env->SetLastError(napi_pending_exception);
  }
  *result = ToNodeApi(AsBuffer(env, memory, byte_offset, byte_length));
  return env->SetLastError(napi_ok);
}

napi_status napi_is_buffer(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsArrayBufferView);
}

napi_status napi_get_buffer_info(napi_env env, napi_value value, void** data, size_t* length) {
  return NativeCall(env, {value}, [&] {
    if (!FromNodeApi(value)->IsArrayBufferView()) return napi_invalid_arg;
    v8::Local<v8::ArrayBufferView> view = FromNodeApi(value).As<v8::ArrayBufferView>();
    if (data != nullptr) *data = static_cast<uint8_t*>(view->Buffer()->Data()) + view->ByteOffset();
    if (length != nullptr) *length = view->ByteLength();
    return napi_ok;
  });
}
