#ifndef GYRE_NODE_API_REFERENCE_H_
#define GYRE_NODE_API_REFERENCE_H_

#include <cstdint>

#include "runtime/node_api/env.h"
#include "v8.h"

namespace gyre {

// A counted reference to a value, and a finalizer that runs when the value was collected: napi_ref,
// and what stands behind wrapped objects, externals and instance data. With a count of 0 it is
// weak.
//
// kAddon: lives until napi_delete_reference(). kRuntime: deletes itself after the finalizer.
class Reference {
 public:
  enum class Owner { kAddon, kRuntime };

  Reference(napi_env env, v8::Local<v8::Value> value, uint32_t count, Owner owner,
            napi_finalize finalize = nullptr, void* data = nullptr, void* hint = nullptr);
  ~Reference();
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  // The new counts. Of a value that was collected both are 0.
  uint32_t Ref();
  uint32_t Unref();
  uint32_t count() const { return count_; }

  v8::Local<v8::Value> Get() const;  // empty when the value was collected
  void* data() const { return data_; }
  Owner owner() const { return owner_; }
  bool has_finalizer() const { return finalize_ != nullptr; }
  Reference* older() const { return older_; }
  void ForgetFinalizer() { finalize_ = nullptr; }

  // Runs the finalizer, if there is one; may delete this.
  void Finalize();
  void EndWithEnvironment();

 private:
  static void OnCollected(const v8::WeakCallbackInfo<Reference>& info);
  void Weaken();
  void Unlink();

  napi_env env_;
  v8::Global<v8::Value> value_;
  uint32_t count_;
  const Owner owner_;
  const bool can_be_weak_;
  napi_finalize finalize_;
  void* data_;
  void* hint_;
  bool linked_ = true;  // into the addon's list
  Reference* newer_ = nullptr;
  Reference* older_;
};

}  // namespace gyre

#endif  // GYRE_NODE_API_REFERENCE_H_
