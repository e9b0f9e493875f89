#include "runtime/node_api/external_memory.h"

#include <utility>

#include "runtime/messaging/message.h"
#include "runtime/node_api/env.h"
#include "runtime/node_api/reference.h"

namespace gyre {
namespace {

// What V8 has: the memory, and whom to tell that it is free.
struct Held {
  std::shared_ptr<ExternalMemory> memory;
  std::shared_ptr<FreedMemory> freed;

  static void Free(void*, size_t, void* held) {
    const std::unique_ptr<Held> self(static_cast<Held*>(held));
    self->freed->Add(std::move(self->memory));
  }
};

// There is no memory to let go of: the finalizer goes with the buffer.
v8::Local<v8::ArrayBuffer> NewBufferOfNothing(napi_env env, napi_finalize finalize, void* hint) {
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env->isolate(), 0);
  // It looks like a buffer whose memory went elsewhere.
  static_cast<void>(buffer->Detach(v8::Local<v8::Value>()));
  if (finalize != nullptr)
    new Reference(env, buffer, 0, Reference::Owner::kRuntime, finalize, nullptr, hint);
  return buffer;
}

}  // namespace

v8::Local<v8::ArrayBuffer> ExternalMemory::NewBuffer(napi_env env, void* data, size_t length,
                                                     napi_finalize finalize, void* hint) {
  if (data == nullptr) return NewBufferOfNothing(env, finalize, hint);
  auto& state = env->environment.State<NodeApiState>();
  const std::shared_ptr<ExternalMemory> memory(new ExternalMemory(env, data, finalize, hint));
  env->external_buffers.insert(memory);
  std::unique_ptr<v8::BackingStore> store = v8::ArrayBuffer::NewBackingStore(
      data, length, &Held::Free, new Held{memory, state.freed_memory()});
  v8::Local<v8::ArrayBuffer> buffer = v8::ArrayBuffer::New(env->isolate(), std::move(store));
  static_cast<void>(buffer->SetPrivate(env->context(), UntransferablePrivate(env->environment),
                                       v8::True(env->isolate())));
  return buffer;
}

void ExternalMemory::Finalize() {
  if (std::exchange(finalized_, true)) return;
  env_->external_buffers.erase(this);
  if (finalize_ != nullptr) env_->CallFinalizer(finalize_, data_, hint_);
}

void FreedMemory::Add(std::shared_ptr<ExternalMemory> memory) {
  std::lock_guard lock(mutex_);
  if (wake_ == nullptr) return;
  freed_.push_back(std::move(memory));
  uv_async_send(wake_);
}

std::vector<std::shared_ptr<ExternalMemory>> FreedMemory::Take() {
  std::lock_guard lock(mutex_);
  return std::exchange(freed_, {});
}

void FreedMemory::Close() {
  std::lock_guard lock(mutex_);
  wake_ = nullptr;
  freed_.clear();
}

}  // namespace gyre
