#include "runtime/node_api/reference.h"

#include <utility>

namespace gyre {
namespace {

// Registered symbols and primitives are never collected by themselves.
bool CanBeWeak(v8::Local<v8::Value> value) {
  return value->IsObject() || value->IsSymbol() || value->IsExternal();
}

}  // namespace

Reference::Reference(napi_env env, v8::Local<v8::Value> value, uint32_t count, Owner owner,
                     napi_finalize finalize, void* data, void* hint)
    : env_(env),
      count_(count),
      owner_(owner),
      can_be_weak_(!value.IsEmpty() && CanBeWeak(value)),
      finalize_(finalize),
      data_(data),
      hint_(hint),
      older_(env->references) {
  if (older_ != nullptr) older_->newer_ = this;
  env->references = this;
  if (value.IsEmpty()) return;
  value_.Reset(env->isolate(), value);
  if (count_ == 0) Weaken();
}

Reference::~Reference() { Unlink(); }

void Reference::Unlink() {
  if (!std::exchange(linked_, false)) return;
  env_->CancelFinalizer(this);
  (newer_ == nullptr ? env_->references : newer_->older_) = older_;
  if (older_ != nullptr) older_->newer_ = newer_;
}

void Reference::Weaken() {
  if (can_be_weak_) {
    value_.SetWeak(this, OnCollected, v8::WeakCallbackType::kParameter);
  } else {
    value_.Reset();
  }
}

uint32_t Reference::Ref() {
  if (value_.IsEmpty()) return 0;
  if (++count_ == 1) value_.ClearWeak();
  return count_;
}

uint32_t Reference::Unref() {
  if (value_.IsEmpty() || count_ == 0) return 0;
  if (--count_ == 0) Weaken();
  return count_;
}

v8::Local<v8::Value> Reference::Get() const { return value_.Get(env_->isolate()); }

// Addons with the experimental interface promise that their finalizers call nothing that touches
// the heap, and get them at once.
void Reference::OnCollected(const v8::WeakCallbackInfo<Reference>& info) {
  Reference* self = info.GetParameter();
  self->value_.Reset();
  // Not in a second pass: V8 may make that a task, and until then the addon may delete what it
  // owns.
  if (self->finalize_ == nullptr) {
    if (self->owner_ == Owner::kRuntime) delete self;
  } else if (self->env_->version == kNodeApiVersionExperimental) {
    self->Finalize();
  } else {
    self->env_->EnqueueFinalizer(self);
  }
}

void Reference::Finalize() {
  napi_env env = env_;
  const napi_finalize finalize = std::exchange(finalize_, nullptr);
  void* const data = data_;
  void* const hint = hint_;
  if (env->instance_data == this) env->instance_data = nullptr;
  // The finalizer of a reference that the addon owns may delete it.
  if (owner_ == Owner::kRuntime) delete this;
  if (finalize != nullptr) env->CallFinalizer(finalize, data, hint);
}

void Reference::EndWithEnvironment() {
  value_.Reset();
  // What the addon owns it may still delete, from this finalizer or from another one.
  Unlink();
  Finalize();
}

}  // namespace gyre

using gyre::FromNodeApi;
using gyre::NativeCall;
using gyre::Reference;
using gyre::ToNodeApi;

napi_status napi_create_reference(napi_env env, napi_value value, uint32_t initial_refcount,
                                  napi_ref* result) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    // From version 10 on, any value.
    if (env->version < 10 && !v->IsObject() && !v->IsSymbol()) return napi_invalid_arg;
    *result = reinterpret_cast<napi_ref>(
        new Reference(env, v, initial_refcount, Reference::Owner::kAddon));
    return napi_ok;
  });
}

napi_status napi_delete_reference(node_api_basic_env env, napi_ref ref) {
  return NativeCall(env, {ref}, [&] {
    delete reinterpret_cast<Reference*>(ref);
    return napi_ok;
  });
}

napi_status napi_reference_ref(napi_env env, napi_ref ref, uint32_t* result) {
  return NativeCall(env, {ref}, [&] {
    const uint32_t count = reinterpret_cast<Reference*>(ref)->Ref();
    if (result != nullptr) *result = count;
    return napi_ok;
  });
}

napi_status napi_reference_unref(napi_env env, napi_ref ref, uint32_t* result) {
  return NativeCall(env, {ref}, [&] {
    auto* reference = reinterpret_cast<Reference*>(ref);
    if (reference->count() == 0) return napi_generic_failure;
    const uint32_t count = reference->Unref();
    if (result != nullptr) *result = count;
    return napi_ok;
  });
}

napi_status napi_get_reference_value(napi_env env, napi_ref ref, napi_value* result) {
  return NativeCall(env, {ref, result}, [&] {
    *result = ToNodeApi(reinterpret_cast<Reference*>(ref)->Get());
    return napi_ok;
  });
}

napi_status napi_set_instance_data(node_api_basic_env env, void* data, napi_finalize finalize_cb,
                                   void* finalize_hint) {
  return NativeCall(env, {}, [&] {
    // The finalizer of the former data does not run: Node's documentation says so.
    delete env->instance_data;
    env->instance_data =
        new Reference(env, {}, 1, Reference::Owner::kRuntime, finalize_cb, data, finalize_hint);
    return napi_ok;
  });
}

napi_status napi_get_instance_data(node_api_basic_env env, void** data) {
  return NativeCall(env, {data}, [&] {
    *data = env->instance_data == nullptr ? nullptr : env->instance_data->data();
    return napi_ok;
  });
}
