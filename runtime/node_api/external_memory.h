#ifndef GYRE_NODE_API_EXTERNAL_MEMORY_H_
#define GYRE_NODE_API_EXTERNAL_MEMORY_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "node_api.h"
#include "uv.h"
#include "v8.h"

namespace gyre {

class FreedMemory;

// Memory of an addon that JavaScript has as an ArrayBuffer. Its finalizer runs on the loop when
// nothing uses the memory any more, whichever buffer has it by then, or when the environment ends.
class ExternalMemory {
 public:
  // A new buffer, which cannot leave its thread: `data` may go with the environment.
  static v8::Local<v8::ArrayBuffer> NewBuffer(napi_env env, void* data, size_t length,
                                              napi_finalize finalize, void* hint);

  // Calls the finalizer, unless it was called before. The caller holds the object.
  void Finalize();

 private:
  ExternalMemory(napi_env env, void* data, napi_finalize finalize, void* hint)
      : env_(env), data_(data), finalize_(finalize), hint_(hint) {}

  napi_env const env_;
  void* const data_;
  napi_finalize const finalize_;
  void* const hint_;
  bool finalized_ = false;
};

// Memory that V8 has let go of, on whatever thread it noticed, on its way to the loop.
class FreedMemory {
 public:
  // `wake` has the loop call Take(); it must be open until Close().
  explicit FreedMemory(uv_async_t* wake) : wake_(wake) {}

  // On any thread; nothing happens after Close().
  void Add(std::shared_ptr<ExternalMemory> memory);
  std::vector<std::shared_ptr<ExternalMemory>> Take();
  void Close();

 private:
  std::mutex mutex_;
  uv_async_t* wake_;  // null after Close()
  std::vector<std::shared_ptr<ExternalMemory>> freed_;
};

}  // namespace gyre

#endif  // GYRE_NODE_API_EXTERNAL_MEMORY_H_
