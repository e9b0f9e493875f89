// Node-API: functions that any thread may call. A call queues a value; the loop takes them out and
// calls JavaScript.
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <queue>

#include "runtime/engine/cleanup_hooks.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/node_api/async_resource.h"
#include "runtime/node_api/env.h"
#include "uv.h"

using gyre::FromNodeApi;
using gyre::NativeCall;
using gyre::ToNodeApi;

// Made and closed on the loop's thread. Deleted when the handle is closed and no thread holds it
// any more, by whoever comes last.
struct napi_threadsafe_function__ {
 public:
  struct Setup {
    size_t max_queue_size;  // 0: no limit
    size_t thread_count;
    void* finalize_data;
    napi_finalize finalize;
    void* context;
    napi_threadsafe_function_call_js call_js;
  };

  napi_threadsafe_function__(napi_env env, v8::Local<v8::Value> function,
                             v8::Local<v8::Object> resource, v8::Local<v8::String> name,
                             const Setup& setup)
      : env_(env),
        setup_(setup),
        resource_(env->environment, resource, name),
        thread_count_(setup.thread_count) {
    if (!function.IsEmpty()) function_.Reset(env->isolate(), function.As<v8::Function>());
  }

  bool Start() {
    async_.data = this;
    if (uv_async_init(gyre::Loop::From(env_->environment).uv(), &async_, &OnWake) != 0)
      return false;
    env_->environment.State<gyre::CleanupHooks>().Add(&EndWithEnvironment, this);
    return true;
  }

  void* context() const { return setup_.context; }
  void Ref() { uv_ref(reinterpret_cast<uv_handle_t*>(&async_)); }
  void Unref() { uv_unref(reinterpret_cast<uv_handle_t*>(&async_)); }

  napi_status Call(void* data, napi_threadsafe_function_call_mode mode) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (setup_.max_queue_size > 0 && queue_.size() >= setup_.max_queue_size && !closing_) {
      if (mode == napi_tsfn_nonblocking) return napi_queue_full;
      has_room_.wait(lock);
    }
    if (closing_) return LeaveWhileClosing(lock);
    queue_.push(data);
    uv_async_send(&async_);
    return napi_ok;
  }

  napi_status Acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (closing_) return napi_closing;
    thread_count_++;
    return napi_ok;
  }

  napi_status Release(napi_threadsafe_function_release_mode mode) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (thread_count_ == 0) return napi_invalid_arg;
    if (closing_) {
      LeaveWhileClosing(lock);
      return napi_ok;
    }
    thread_count_--;
    if (mode == napi_tsfn_abort) {
      closing_ = true;
      has_room_.notify_all();
    }
    // The loop closes it: at once, or when the queue is empty.
    if (mode == napi_tsfn_abort || thread_count_ == 0) uv_async_send(&async_);
    return napi_ok;
  }

 private:
  // So many values are handed over before the loop gets its turn.
  static constexpr int kMaxCallsOfOneTurn = 1000;

  static napi_threadsafe_function__* Of(void* handle) {
    return static_cast<napi_threadsafe_function__*>(static_cast<uv_handle_t*>(handle)->data);
  }

  // A thread that calls or releases a closing function holds it no longer.
  napi_status LeaveWhileClosing(std::unique_lock<std::mutex>& lock) {
    if (thread_count_ > 0) thread_count_--;
    const bool is_last = closed_ && thread_count_ == 0;
    lock.unlock();
    if (is_last) delete this;
    return napi_closing;
  }

  static void OnWake(uv_async_t* async) { Of(async)->Dispatch(); }

  void Dispatch() {
    for (int i = 0; i < kMaxCallsOfOneTurn; i++) {
      void* data;
      {
        std::lock_guard<std::mutex> lock(mutex_);
        if (closing_) break;
        if (queue_.empty()) {
          if (thread_count_ == 0) closing_ = true;
          if (!closing_) return;
          has_room_.notify_all();
          break;
        }
        data = queue_.front();
        queue_.pop();
        if (setup_.max_queue_size > 0) has_room_.notify_one();
      }
      CallJavaScript(data);
    }
    std::unique_lock<std::mutex> lock(mutex_);
    const bool closing = closing_;
    lock.unlock();
    if (closing) {
      Close();
    } else {
      uv_async_send(&async_);
    }
  }

  void CallJavaScript(void* data) {
    if (!env_->can_call_into_js()) return HandBack(data);
    gyre::JsScope scope(env_->environment, &resource_.context());
    v8::Local<v8::Value> function;
    if (!function_.IsEmpty()) function = function_.Get(env_->isolate());
    env_->CallAddonLeniently([&] {
      if (setup_.call_js != nullptr) {
        setup_.call_js(env_, function.IsEmpty() ? nullptr : ToNodeApi(function), setup_.context,
                       data);
      } else if (!function.IsEmpty()) {
        napi_value receiver = ToNodeApi(v8::Undefined(env_->isolate()));
        napi_call_function(env_, receiver, ToNodeApi(function), 0, nullptr, nullptr);
      }
    });
  }

  // Data that no JavaScript gets any more: without env and function the addon only frees it.
  void HandBack(void* data) {
    if (setup_.call_js != nullptr) setup_.call_js(nullptr, nullptr, setup_.context, data);
  }

  void Close() {
    if (uv_is_closing(reinterpret_cast<uv_handle_t*>(&async_))) return;
    env_->environment.State<gyre::CleanupHooks>().Remove(&EndWithEnvironment, this);
    uv_close(reinterpret_cast<uv_handle_t*>(&async_),
             [](uv_handle_t* handle) { Of(handle)->OnClosed(); });
  }

  void OnClosed() {
    std::queue<void*> left;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      left.swap(queue_);
    }
    for (; !left.empty(); left.pop()) HandBack(left.front());
    if (setup_.finalize != nullptr) {
      if (env_->can_call_into_js()) {
        gyre::JsScope scope(env_->environment, &resource_.context());
        env_->CallAddonLeniently(
            [&] { setup_.finalize(env_, setup_.finalize_data, setup_.context); });
      } else {
        env_->CallFinalizer(setup_.finalize, setup_.finalize_data, setup_.context);
      }
    }
    function_.Reset();
    std::unique_lock<std::mutex> lock(mutex_);
    closed_ = true;
    const bool is_last = thread_count_ == 0;
    lock.unlock();
    if (is_last) delete this;
  }

  static void EndWithEnvironment(void* argument) {
    auto* self = static_cast<napi_threadsafe_function__*>(argument);
    bool closed = false;
    {
      std::lock_guard<std::mutex> lock(self->mutex_);
      self->closing_ = true;
      self->has_room_.notify_all();
      // Only the loop deletes it until the close callback has run.
      self->thread_count_++;
    }
    self->Close();
    uv_loop_t* loop = gyre::Loop::From(self->env_->environment).uv();
    while (!closed) {
      uv_run(loop, UV_RUN_NOWAIT);
      std::lock_guard<std::mutex> lock(self->mutex_);
      closed = self->closed_;
    }
    std::unique_lock<std::mutex> lock(self->mutex_);
    self->LeaveWhileClosing(lock);
  }

  napi_env env_;
  const Setup setup_;
  gyre::AsyncResource resource_;
  v8::Global<v8::Function> function_;
  uv_async_t async_;

  std::mutex mutex_;
  std::condition_variable has_room_;
  std::queue<void*> queue_;
  size_t thread_count_;
  bool closing_ = false;  // no calls any more
  bool closed_ = false;   // the loop is done with it
};

napi_status napi_create_threadsafe_function(napi_env env, napi_value func,
                                            napi_value async_resource,
                                            napi_value async_resource_name, size_t max_queue_size,
                                            size_t initial_thread_count, void* thread_finalize_data,
                                            napi_finalize thread_finalize_cb, void* context,
                                            napi_threadsafe_function_call_js call_js_cb,
                                            napi_threadsafe_function* result) {
  return NativeCall(env, {async_resource_name, result}, [&] {
    if (initial_thread_count == 0) return napi_invalid_arg;
    v8::Local<v8::Value> function;
    if (func == nullptr) {
      if (call_js_cb == nullptr) return napi_invalid_arg;
    } else {
      function = FromNodeApi(func);
      if (!function->IsFunction()) return napi_invalid_arg;
    }
    v8::Local<v8::Object> resource = v8::Object::New(env->isolate());
    if (async_resource != nullptr &&
        !FromNodeApi(async_resource)->ToObject(env->context()).ToLocal(&resource)) {
      return napi_object_expected;
    }
    v8::Local<v8::String> name;
    if (!FromNodeApi(async_resource_name)->ToString(env->context()).ToLocal(&name)) {
      return napi_string_expected;
    }
    auto* made =
        new napi_threadsafe_function__(env, function, resource, name,
                                       {max_queue_size, initial_thread_count, thread_finalize_data,
                                        thread_finalize_cb, context, call_js_cb});
    if (!made->Start()) {
      delete made;
      return napi_generic_failure;
    }
    *result = made;
    return napi_ok;
  });
}

napi_status napi_get_threadsafe_function_context(napi_threadsafe_function func, void** result) {
  if (func == nullptr || result == nullptr) return napi_invalid_arg;
  *result = func->context();
  return napi_ok;
}

napi_status napi_call_threadsafe_function(napi_threadsafe_function func, void* data,
                                          napi_threadsafe_function_call_mode is_blocking) {
  return func == nullptr ? napi_invalid_arg : func->Call(data, is_blocking);
}

napi_status napi_acquire_threadsafe_function(napi_threadsafe_function func) {
  return func == nullptr ? napi_invalid_arg : func->Acquire();
}

napi_status napi_release_threadsafe_function(napi_threadsafe_function func,
                                             napi_threadsafe_function_release_mode mode) {
  return func == nullptr ? napi_invalid_arg : func->Release(mode);
}

napi_status napi_unref_threadsafe_function(node_api_basic_env, napi_threadsafe_function func) {
  if (func == nullptr) return napi_invalid_arg;
  func->Unref();
  return napi_ok;
}

napi_status napi_ref_threadsafe_function(node_api_basic_env, napi_threadsafe_function func) {
  if (func == nullptr) return napi_invalid_arg;
  func->Ref();
  return napi_ok;
}
