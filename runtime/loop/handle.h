#ifndef GYRE_LOOP_HANDLE_H_
#define GYRE_LOOP_HANDLE_H_

#include "runtime/glue/wrapped.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "uv.h"

namespace gyre {

// A libuv handle with its JavaScript object. Both live from construction until the uv close
// callback has run: the handle keeps its object reachable, and after the callback the object's
// methods do nothing.
//
// A subclass has the uv handle as a member, initialises it and calls Initialized(uv_handle).
// JavaScript sees close(callback?), ref(), unref(), hasRef(), isClosing(), getAsyncId() where the
// binding says .Inherits<Handle>().
class Handle : public Wrapped, public Linked<Handle> {
 public:
  // `type` is the resource's name for async_hooks, a literal.
  Handle(Environment& env, v8::Local<v8::Object> self, const char* type);

  // JavaScript's methods.
  void Close(std::optional<v8::Local<v8::Function>> callback);
  void Ref();
  void Unref();
  bool HasRef();
  bool IsClosing() { return closing_; }
  double GetAsyncId() { return async_.async_id(); }

  // object.<name>(...args) in a JavaScript scope of the handle's async context; nothing when the
  // property is not a function or the environment is being torn down. An exception is reported as
  // uncaught.
  void MakeCallback(v8::Local<v8::Name> name, int argc = 0, v8::Local<v8::Value>* argv = nullptr);

  const char* type() const { return type_; }
  const AsyncContext& async() const { return async_; }
  uv_handle_t* uv() const { return handle_; }

  template <class Builder>
  static void Declare(Builder& builder) {
    builder.template Method<&Handle::Close>("close")
        .template Method<&Handle::Ref>("ref")
        .template Method<&Handle::Unref>("unref")
        .template Method<&Handle::HasRef>("hasRef")
        .template Method<&Handle::IsClosing>("isClosing")
        .template Method<&Handle::GetAsyncId>("getAsyncId");
  }

 protected:
  ~Handle() override;
  void Initialized(uv_handle_t* handle);
  bool initialized() const { return handle_ != nullptr; }
  // Called when the handle is told to close, before uv_close().
  virtual void OnClosing() {}
  // Called on the loop's thread right before the close callback of JavaScript and the deletion.
  virtual void OnClosed() {}

  // Close() by another function than uv_close(): one that may fail, and then nothing has happened.
  using CloseFunction = int(uv_handle_t*, uv_close_cb);
  int CloseBy(std::optional<v8::Local<v8::Function>> callback, CloseFunction* close);

 private:
  void Closed();

  const char* const type_;
  AsyncContext async_;
  uv_handle_t* handle_ = nullptr;
  bool closing_ = false;
  v8::Global<v8::Function> close_callback_;
};

}  // namespace gyre

#endif  // GYRE_LOOP_HANDLE_H_
