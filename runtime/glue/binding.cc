#include "runtime/glue/binding.h"

#include "absl/log/check.h"

namespace gyre {
namespace {

v8::Local<v8::String> Name(Environment& env, const char* name) {
  return v8::String::NewFromUtf8(env.isolate(), name, v8::NewStringType::kInternalized)
      .ToLocalChecked();
}

}  // namespace

void BindingBuilder::AddReference(const void* address) {
  references_->push_back(reinterpret_cast<intptr_t>(address));
}

void BindingBuilder::AddReferences(RawCallback* callback, const v8::CFunction* fast) {
  AddReference(reinterpret_cast<const void*>(callback));
  if (fast != nullptr) {
    AddReference(fast);
    AddReference(fast->GetAddress());
    AddReference(fast->GetTypeInfo());
  }
}

void BindingBuilder::AddFunction(const char* name, RawCallback* callback, int length,
                                 const v8::CFunction* fast) {
  if (references_ != nullptr) return AddReferences(callback, fast);
  v8::Local<v8::FunctionTemplate> function = v8::FunctionTemplate::New(
      env_->isolate(), callback, v8::Local<v8::Value>(), v8::Local<v8::Signature>(), length,
      v8::ConstructorBehavior::kThrow, v8::SideEffectType::kHasSideEffect, fast);
  v8::Local<v8::String> key = Name(*env_, name);
  function->SetClassName(key);
  SetConstant(name, function->GetFunction(env_->context()).ToLocalChecked());
  // What is read-only is copied at start, and other objects are deserialised one by one. A fast
  // callback's description is an object that V8 cannot make read-only.
  if (env_->building_snapshot() && fast == nullptr) {
    function->SealAndPrepareForPromotionToReadOnly();
  }
}

void BindingBuilder::SetConstant(const char* name, v8::Local<v8::Value> value) {
  CHECK(target_->CreateDataProperty(env_->context(), Name(*env_, name), value).FromJust());
}

BindingBuilder BindingBuilder::Nested(const char* name) {
  if (references_ != nullptr) return BindingBuilder(references_);
  v8::Local<v8::Object> object =
      v8::Object::New(env_->isolate(), v8::Null(env_->isolate()), nullptr, nullptr, 0);
  SetConstant(name, object);
  return BindingBuilder(*env_, object);
}

void ClassBuilderBase::AddConstructor(RawCallback* callback, int length) {
  if (binding_.references_ != nullptr) return binding_.AddReferences(callback, nullptr);
  CHECK(template_.IsEmpty());
  v8::Isolate* isolate = binding_.env_->isolate();
  template_ = v8::FunctionTemplate::New(isolate, callback, v8::Local<v8::Value>(),
                                        v8::Local<v8::Signature>(), length);
  template_->SetClassName(Name(*binding_.env_, name_));
  template_->InstanceTemplate()->SetInternalFieldCount(1);
}

void ClassBuilderBase::AddMethod(const char* name, RawCallback* callback, int length) {
  if (binding_.references_ != nullptr) return binding_.AddReferences(callback, nullptr);
  CHECK(!template_.IsEmpty()) << "Constructor comes first";
  v8::Isolate* isolate = binding_.env_->isolate();
  v8::Local<v8::FunctionTemplate> method = v8::FunctionTemplate::New(
      isolate, callback, v8::Local<v8::Value>(), v8::Signature::New(isolate, template_), length,
      v8::ConstructorBehavior::kThrow);
  v8::Local<v8::String> key = Name(*binding_.env_, name);
  method->SetClassName(key);
  template_->PrototypeTemplate()->Set(key, method);
}

void ClassBuilderBase::AddGetter(const char* name, RawCallback* callback) {
  if (binding_.references_ != nullptr) return binding_.AddReferences(callback, nullptr);
  v8::Isolate* isolate = binding_.env_->isolate();
  v8::Local<v8::FunctionTemplate> getter = v8::FunctionTemplate::New(
      isolate, callback, v8::Local<v8::Value>(), v8::Signature::New(isolate, template_), 0,
      v8::ConstructorBehavior::kThrow);
  template_->PrototypeTemplate()->SetAccessorProperty(Name(*binding_.env_, name), getter);
}

ClassBuilderBase::~ClassBuilderBase() {
  if (binding_.references_ != nullptr) return;
  CHECK(!template_.IsEmpty()) << "a binding class without a constructor";
  v8::Local<v8::Function> constructor =
      template_->GetFunction(binding_.env_->context()).ToLocalChecked();
  binding_.SetConstant(name_, constructor);
  binding_.env_->SetRealmValue(name_, constructor);
}

}  // namespace gyre
