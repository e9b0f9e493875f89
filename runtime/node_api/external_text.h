#ifndef GYRE_NODE_API_EXTERNAL_TEXT_H_
#define GYRE_NODE_API_EXTERNAL_TEXT_H_

#include "runtime/node_api/env.h"
#include "runtime/node_api/reference.h"
#include "v8.h"

namespace gyre {

// Characters of an addon that a JavaScript string uses where they are. The finalizer runs on the
// loop after the string was collected; not for strings that outlive the addon's environment.
class ExternalText {
 public:
  ExternalText(napi_env env, void* data, napi_finalize finalize, void* hint)
      : env_(env), data_(data), finalize_(finalize), hint_(hint) {
    env->external_texts.insert(this);
  }
  virtual ~ExternalText() {
    if (env_ == nullptr) return;
    env_->external_texts.erase(this);
    if (finalize_ == nullptr) return;
    env_->EnqueueFinalizer(
        new Reference(env_, {}, 0, Reference::Owner::kRuntime, finalize_, data_, hint_));
  }
  void Forget() { env_ = nullptr; }

 private:
  napi_env env_;
  void* data_;
  napi_finalize finalize_;
  void* hint_;
};

class ExternalLatin1 final : public v8::String::ExternalOneByteStringResource, ExternalText {
 public:
  ExternalLatin1(napi_env env, char* text, size_t length, napi_finalize finalize, void* hint)
      : ExternalText(env, text, finalize, hint), text_(text), length_(length) {}
  const char* data() const override { return text_; }
  size_t length() const override { return length_; }

 private:
  const char* text_;
  const size_t length_;
};

class ExternalUtf16 final : public v8::String::ExternalStringResource, ExternalText {
 public:
  ExternalUtf16(napi_env env, char16_t* text, size_t length, napi_finalize finalize, void* hint)
      : ExternalText(env, text, finalize, hint),
        text_(reinterpret_cast<const uint16_t*>(text)),
        length_(length) {}
  const uint16_t* data() const override { return text_; }
  size_t length() const override { return length_; }

 private:
  const uint16_t* text_;
  const size_t length_;
};

}  // namespace gyre

#endif  // GYRE_NODE_API_EXTERNAL_TEXT_H_
