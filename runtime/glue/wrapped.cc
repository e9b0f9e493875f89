#include "runtime/glue/wrapped.h"

#include <set>

#include "absl/log/check.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/living.h"

namespace gyre {

// Every wrapped object of an environment, so that none outlives it.
class WrappedList {
 public:
  explicit WrappedList(Environment&) {}
  ~WrappedList() { DeleteAll(); }

  void DeleteAll() {
    while (first_ != nullptr) delete first_;
  }

  template <class Visit>
  void ForEach(Visit&& visit) const {
    for (const Wrapped* wrapped = first_; wrapped != nullptr; wrapped = wrapped->next_) {
      visit(*wrapped);
    }
  }

  void Add(Wrapped* wrapped) {
    wrapped->next_ = first_;
    if (first_ != nullptr) first_->previous_ = wrapped;
    first_ = wrapped;
  }
  void Remove(Wrapped* wrapped) {
    if (wrapped->previous_ != nullptr) {
      wrapped->previous_->next_ = wrapped->next_;
    } else {
      first_ = wrapped->next_;
    }
    if (wrapped->next_ != nullptr) wrapped->next_->previous_ = wrapped->previous_;
  }

 private:
  Wrapped* first_ = nullptr;
};

Wrapped::Wrapped(Environment& env, v8::Local<v8::Object> self)
    : env_(env), object_(env.isolate(), self) {
  CHECK_GE(self->InternalFieldCount(), 1) << "not an object of a binding class";
  CHECK(!env.building_snapshot()) << "native objects do not go into the start-up snapshot";
  self->SetAlignedPointerInInternalField(0, this, v8::kEmbedderDataTypeTagDefault);
  env.State<WrappedList>().Add(this);
}

Wrapped::~Wrapped() {
  env_.State<WrappedList>().Remove(this);
  if (object_.IsEmpty() || object_.IsWeak()) return;
  v8::HandleScope scope(isolate());
  object()->SetAlignedPointerInInternalField(0, nullptr, v8::kEmbedderDataTypeTagDefault);
}

void DeleteWrappedObjects(Environment& env) { env.State<WrappedList>().DeleteAll(); }

std::vector<std::string> LivingWrappedClasses(Environment& env) {
  v8::HandleScope scope(env.isolate());
  std::set<std::string> names;
  env.State<WrappedList>().ForEach([&](const Wrapped& wrapped) {
    // A weak one whose object is gone is deleted with the next task.
    v8::Local<v8::Object> object = wrapped.object();
    if (!object.IsEmpty()) names.insert(FromV8<std::string>(env, object->GetConstructorName()));
  });
  return {names.begin(), names.end()};
}

Wrapped* UnwrapBase(v8::Local<v8::Value> value) {
  CHECK(value->IsObject());
  v8::Local<v8::Object> object = value.As<v8::Object>();
  CHECK_GE(object->InternalFieldCount(), 1) << "not an object of a binding class";
  return static_cast<Wrapped*>(
      object->GetAlignedPointerFromInternalField(0, v8::kEmbedderDataTypeTagDefault));
}

v8::MaybeLocal<v8::Object> NewWrapped(Environment& env, std::string_view class_name, int argc,
                                      v8::Local<v8::Value>* argv) {
  v8::Local<v8::Value> constructor = env.GetRealmValue(class_name);
  CHECK(constructor->IsFunction()) << "the binding of " << class_name << " is not loaded";
  return constructor.As<v8::Function>()->NewInstance(env.context(), argc, argv);
}

Collected::Collected(Environment& env, v8::Local<v8::Object> self) : Wrapped(env, self) {
  Weaken();
}

void Collected::Strengthen() { persistent().ClearWeak(); }

void Collected::Weaken() {
  persistent().SetWeak(
      this,
      [](const v8::WeakCallbackInfo<Collected>& info) {
        // No V8 call is allowed here, destructors may make some.
        info.GetParameter()->persistent().Reset();
        info.SetSecondPassCallback(
            [](const v8::WeakCallbackInfo<Collected>& info) { delete info.GetParameter(); });
      },
      v8::WeakCallbackType::kParameter);
}

}  // namespace gyre
