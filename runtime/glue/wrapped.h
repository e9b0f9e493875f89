#ifndef GYRE_GLUE_WRAPPED_H_
#define GYRE_GLUE_WRAPPED_H_

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// The C++ side of a JavaScript object that a binding class made: internal field 0 of the object
// points here. Who owns it, and until when, is said by the subclass: Collected (the garbage
// collector), Handle (its uv close callback).
class Wrapped {
 public:
  Wrapped(Environment& env, v8::Local<v8::Object> self);
  virtual ~Wrapped();
  Wrapped(const Wrapped&) = delete;
  Wrapped& operator=(const Wrapped&) = delete;

  Environment& env() const { return env_; }
  v8::Isolate* isolate() const { return env_.isolate(); }
  v8::Local<v8::Object> object() const { return object_.Get(env_.isolate()); }

 protected:
  v8::Global<v8::Object>& persistent() { return object_; }

 private:
  friend class WrappedList;
  Environment& env_;
  v8::Global<v8::Object> object_;
  Wrapped* previous_ = nullptr;  // in the environment's list
  Wrapped* next_ = nullptr;
};

// Tear-down of an environment: deletes every wrapped object while the states that their destructors
// use still exist. All handles are closed by then.
void DeleteWrappedObjects(Environment& env);

// The C++ object of a JavaScript object of a binding class; null when that one is closed already.
Wrapped* UnwrapBase(v8::Local<v8::Value> value);

template <class T>
T* Unwrap(v8::Local<v8::Value> value) {
  return static_cast<T*>(UnwrapBase(value));
}

// An object of the binding class `name` made from C++ by its constructor with these arguments.
v8::MaybeLocal<v8::Object> NewWrapped(Environment& env, std::string_view class_name, int argc = 0,
                                      v8::Local<v8::Value>* argv = nullptr);

// Owned by the garbage collector: deleted some time after its JavaScript object became unreachable,
// at the latest with the environment. Its destructor must not touch JavaScript.
class Collected : public Wrapped {
 public:
  Collected(Environment& env, v8::Local<v8::Object> self);

  // Keeps the object alive while native work needs it; Weaken() hands it back to the collector.
  void Strengthen();
  void Weaken();
};

}  // namespace gyre

#endif  // GYRE_GLUE_WRAPPED_H_
