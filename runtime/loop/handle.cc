#include "runtime/loop/handle.h"

#include "absl/log/check.h"

namespace gyre {

Handle::Handle(Environment& env, v8::Local<v8::Object> self, const char* type)
    : Wrapped(env, self),
      // The loop is made before, so destroyed after what the handle belongs to.
      Linked(Loop::From(env).handles()),
      type_(type),
      async_(env, type, self) {}

Handle::~Handle() = default;

void Handle::Initialized(uv_handle_t* handle) {
  handle_ = handle;
  handle_->data = this;
}

void Handle::Close(std::optional<v8::Local<v8::Function>> callback) {
  CloseBy(callback, [](uv_handle_t* handle, uv_close_cb on_closed) {
    uv_close(handle, on_closed);
    return 0;
  });
}

int Handle::CloseBy(std::optional<v8::Local<v8::Function>> callback, CloseFunction* close) {
  if (closing_) return 0;
  CHECK(handle_ != nullptr) << "a handle is initialised before it is closed";
  OnClosing();
  const int error =
      close(handle_, [](uv_handle_t* handle) { static_cast<Handle*>(handle->data)->Closed(); });
  if (error != 0) return error;
  closing_ = true;
  if (callback) close_callback_.Reset(isolate(), *callback);
  return 0;
}

void Handle::Closed() {
  OnClosed();
  if (!close_callback_.IsEmpty() && env().can_call_into_js()) {
    JsScope scope(env(), &async_);
    static_cast<void>(CallJs(env(), close_callback_.Get(isolate()), object(), 0, nullptr));
  }
  Environment& environment = env();
  delete this;
  // async_hooks hear of it now, and not at the end of what runs next.
  if (environment.can_call_into_js() && !environment.State<AsyncState>().destroyed.empty()) {
    JsScope scope(environment);
  }
}

void Handle::Ref() {
  if (!closing_ && handle_ != nullptr) uv_ref(handle_);
}

void Handle::Unref() {
  if (!closing_ && handle_ != nullptr) uv_unref(handle_);
}

bool Handle::HasRef() { return !closing_ && handle_ != nullptr && uv_has_ref(handle_); }

void Handle::MakeCallback(v8::Local<v8::Name> name, int argc, v8::Local<v8::Value>* argv) {
  if (!env().can_call_into_js()) return;
  JsScope scope(env(), &async_);
  v8::Local<v8::Object> self = object();
  v8::Local<v8::Value> function;
  if (!self->Get(env().context(), name).ToLocal(&function) || !function->IsFunction()) return;
  static_cast<void>(CallJs(env(), function.As<v8::Function>(), self, argc, argv));
}

}  // namespace gyre
