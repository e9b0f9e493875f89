// Node-API: work on the thread pool, calls from the loop in an async context, cleanup hooks.
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "runtime/engine/cleanup_hooks.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "runtime/node_api/async_resource.h"
#include "runtime/node_api/env.h"
#include "uv.h"

using gyre::AsyncResource;
using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::JsScope;
using gyre::Loop;
using gyre::NativeCall;
using gyre::ToNodeApi;

struct napi_async_context__ {
  AsyncResource resource;
};

// A scope that an addon opened and closes itself.
struct napi_callback_scope__ {
  JsScope scope;
};

struct napi_async_work__ {
  napi_async_work__(napi_env env, v8::Local<v8::Object> object, v8::Local<v8::String> name,
                    napi_async_execute_callback execute, napi_async_complete_callback complete,
                    void* data)
      : env(env),
        resource(std::make_shared<AsyncResource>(env->environment, object, name)),
        execute(execute),
        complete(complete),
        data(data) {
    work.data = this;
  }

  static void OnDone(uv_work_t* work, int status);

  napi_env env;
  // Shared with the call of `complete`, which may delete this.
  std::shared_ptr<AsyncResource> resource;
  napi_async_execute_callback execute;
  napi_async_complete_callback complete;
  void* data;
  uv_work_t work;
};

void napi_async_work__::OnDone(uv_work_t* work, int status) {
  auto* self = static_cast<napi_async_work__*>(work->data);
  napi_env env = self->env;
  if (self->complete == nullptr || !env->can_call_into_js()) return;
  std::shared_ptr<AsyncResource> resource = self->resource;
  JsScope scope(env->environment, &resource->context());
  env->CallAddonFromLoop(
      [&] { self->complete(env, status == UV_ECANCELED ? napi_cancelled : napi_ok, self->data); });
}

namespace {

// The resource's object and name as addons may give them: both may be missing, but not the wrong
// kind.
napi_status ResourceOf(napi_env env, napi_value resource, napi_value name,
                       v8::Local<v8::Object>* object, v8::Local<v8::String>* text) {
  v8::Local<v8::Context> context = env->context();
  if (resource == nullptr) {
    *object = v8::Object::New(env->isolate());
  } else if (!FromNodeApi(resource)->ToObject(context).ToLocal(object)) {
    return napi_object_expected;
  }
  return FromNodeApi(name)->ToString(context).ToLocal(text) ? napi_ok : napi_string_expected;
}

}  // namespace

napi_status napi_async_init(napi_env env, napi_value async_resource, napi_value async_resource_name,
                            napi_async_context* result) {
  return NativeCall(env, {async_resource_name, result}, [&] {
    v8::Local<v8::Object> object;
    v8::Local<v8::String> name;
    const napi_status status = ResourceOf(env, async_resource, async_resource_name, &object, &name);
    if (status != napi_ok) return status;
    *result = new napi_async_context__{AsyncResource(env->environment, object, name)};
    if (async_resource != nullptr) (*result)->resource.LetObjectGo();
    return napi_ok;
  });
}

napi_status napi_async_destroy(napi_env env, napi_async_context async_context) {
  return NativeCall(env, {async_context}, [&] {
    delete async_context;
    return napi_ok;
  });
}

napi_status napi_make_callback(napi_env env, napi_async_context async_context, napi_value recv,
                               napi_value func, size_t argc, const napi_value* argv,
                               napi_value* result) {
  return JsCall(env, {recv}, [&] {
    if (argc > 0 && argv == nullptr) return napi_invalid_arg;
    v8::Local<v8::Object> receiver;
    if (!FromNodeApi(recv)->ToObject(env->context()).ToLocal(&receiver))
      return napi_object_expected;
    if (func == nullptr || !FromNodeApi(func)->IsFunction()) return napi_invalid_arg;
    v8::EscapableHandleScope handles(env->isolate());
    v8::MaybeLocal<v8::Value> returned;
    {
      JsScope scope(env->environment,
                    async_context == nullptr ? nullptr : &async_context->resource.context());
      auto* arguments = reinterpret_cast<v8::Local<v8::Value>*>(const_cast<napi_value*>(argv));
      v8::Local<v8::Value> value;
      if (FromNodeApi(func)
              .As<v8::Function>()
              ->Call(env->context(), receiver, static_cast<int>(argc), arguments)
              .ToLocal(&value)) {
        returned = handles.Escape(value);
      }
    }
    if (returned.IsEmpty()) return napi_pending_exception;
    if (result != nullptr) *result = ToNodeApi(returned.ToLocalChecked());
    return napi_ok;
  });
}

napi_status napi_open_callback_scope(napi_env env, napi_value, napi_async_context context,
                                     napi_callback_scope* result) {
  return NativeCall(env, {result}, [&] {
    *result = new napi_callback_scope__{
        JsScope(env->environment, context == nullptr ? nullptr : &context->resource.context())};
    env->open_callback_scopes++;
    return napi_ok;
  });
}

napi_status napi_close_callback_scope(napi_env env, napi_callback_scope scope) {
  return NativeCall(env, {scope}, [&] {
    if (env->open_callback_scopes == 0) return napi_callback_scope_mismatch;
    env->open_callback_scopes--;
    delete scope;
    return napi_ok;
  });
}

napi_status napi_create_async_work(napi_env env, napi_value async_resource,
                                   napi_value async_resource_name,
                                   napi_async_execute_callback execute,
                                   napi_async_complete_callback complete, void* data,
                                   napi_async_work* result) {
  return NativeCall(env, {reinterpret_cast<const void*>(execute), async_resource_name, result},
                    [&] {
                      v8::Local<v8::Object> object;
                      v8::Local<v8::String> name;
                      const napi_status status =
                          ResourceOf(env, async_resource, async_resource_name, &object, &name);
                      if (status != napi_ok) return status;
                      *result = new napi_async_work__(env, object, name, execute, complete, data);
                      return napi_ok;
                    });
}

napi_status napi_delete_async_work(napi_env env, napi_async_work work) {
  return NativeCall(env, {work}, [&] {
    delete work;
    return napi_ok;
  });
}

napi_status napi_queue_async_work(node_api_basic_env env, napi_async_work work) {
  return NativeCall(env, {work}, [&] {
    const int status = uv_queue_work(
        Loop::From(env->environment).uv(), &work->work,
        [](uv_work_t* req) {
          auto* self = static_cast<napi_async_work__*>(req->data);
          self->execute(self->env, self->data);
        },
        napi_async_work__::OnDone);
    return status == 0 ? napi_ok : napi_generic_failure;
  });
}

napi_status napi_cancel_async_work(node_api_basic_env env, napi_async_work work) {
  return NativeCall(env, {work}, [&] {
    const int status = uv_cancel(reinterpret_cast<uv_req_t*>(&work->work));
    return status == 0 ? napi_ok : napi_generic_failure;
  });
}

napi_status napi_get_uv_event_loop(node_api_basic_env env, struct uv_loop_s** loop) {
  return NativeCall(env, {loop}, [&] {
    *loop = Loop::From(env->environment).uv();
    return napi_ok;
  });
}

napi_status napi_add_env_cleanup_hook(node_api_basic_env env, napi_cleanup_hook fun, void* arg) {
  return NativeCall(env, {reinterpret_cast<const void*>(fun)}, [&] {
    env->environment.State<gyre::CleanupHooks>().Add(fun, arg);
    return napi_ok;
  });
}

napi_status napi_remove_env_cleanup_hook(node_api_basic_env env, napi_cleanup_hook fun, void* arg) {
  return NativeCall(env, {reinterpret_cast<const void*>(fun)}, [&] {
    env->environment.State<gyre::CleanupHooks>().Remove(fun, arg);
    return napi_ok;
  });
}

// A hook that ends later: the loop turns until the addon removes it.
struct napi_async_cleanup_hook_handle__ {
  static void Run(void* self) {
    auto* hook = static_cast<napi_async_cleanup_hook_handle__*>(self);
    bool removed = false;
    hook->removed = &removed;
    uv_loop_t* loop = Loop::From(hook->env->environment).uv();
    hook->function(hook, hook->argument);
    while (!removed && uv_run(loop, UV_RUN_ONCE) != 0) {
    }
    if (!removed) delete hook;
  }

  napi_env env;
  napi_async_cleanup_hook function;
  void* argument;
  bool* removed = nullptr;  // set while it runs
};

napi_status napi_add_async_cleanup_hook(node_api_basic_env env, napi_async_cleanup_hook hook,
                                        void* arg, napi_async_cleanup_hook_handle* remove_handle) {
  return NativeCall(env, {reinterpret_cast<const void*>(hook)}, [&] {
    auto* handle = new napi_async_cleanup_hook_handle__{env, hook, arg};
    env->environment.State<gyre::CleanupHooks>().Add(napi_async_cleanup_hook_handle__::Run, handle);
    if (remove_handle != nullptr) *remove_handle = handle;
    return napi_ok;
  });
}

napi_status napi_remove_async_cleanup_hook(napi_async_cleanup_hook_handle remove_handle) {
  if (remove_handle == nullptr) return napi_invalid_arg;
  if (remove_handle->removed != nullptr) {
    *remove_handle->removed = true;
  } else {
    remove_handle->env->environment.State<gyre::CleanupHooks>().Remove(
        napi_async_cleanup_hook_handle__::Run, remove_handle);
  }
  delete remove_handle;
  return napi_ok;
}
