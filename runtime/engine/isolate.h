#ifndef GYRE_ENGINE_ISOLATE_H_
#define GYRE_ENGINE_ISOLATE_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "v8.h"

namespace gyre {

// Heap bounds of an isolate, in MiB; 0 leaves V8's default, which follows the machine's memory.
struct HeapLimits {
  size_t max_old_generation_mib = 0;
  size_t max_young_generation_mib = 0;
  size_t code_range_mib = 0;
};

// The start-up snapshot and the addresses it refers to. Both live as long as the process.
struct SnapshotData {
  v8::StartupData blob = {nullptr,
                          0};  // none: V8's own, and everything is bootstrapped from source
  const intptr_t* external_references = nullptr;  // null-terminated
  // The context that the main thread starts from: a program's own in a snapshot that was made of
  // one. Workers start from the first, which is always a realm in which nothing has run.
  size_t main_context = 0;
};

// What an isolate is to be made into a snapshot with.
struct SnapshotReferences {
  const intptr_t* external_references;
};

// An isolate of Gyre's: created on the platform, from the snapshot, with Gyre's policies (explicit
// microtasks, fatal error and out-of-memory reports as Node prints them). Disposed with this
// object; entered by the owner.
class IsolateHolder {
 public:
  IsolateHolder(const HeapLimits& limits, const SnapshotData& snapshot);
  // From nothing, and entered: creator() makes it into a snapshot.
  explicit IsolateHolder(SnapshotReferences references);
  ~IsolateHolder();
  IsolateHolder(const IsolateHolder&) = delete;
  IsolateHolder& operator=(const IsolateHolder&) = delete;

  v8::Isolate* get() const { return isolate_; }
  v8::SnapshotCreator& creator() { return *creator_; }

 private:
  void SetUp();

  v8::Isolate* isolate_;
  std::unique_ptr<v8::SnapshotCreator> creator_;
};

// Bytes of array buffers that the isolate has allocated and not freed yet; those whose memory came
// from elsewhere are not counted. Of an IsolateHolder's isolate.
size_t ArrayBufferBytes(v8::Isolate* isolate);

// What is told of V8's fatal errors after they have been printed and before the process aborts: the
// isolate of the thread, if any, the event ("Allocation failed - JavaScript heap out of memory")
// and what sets it off ("OOMError", "FatalError"). JavaScript cannot run any more.
using FatalErrorObserver = void (*)(v8::Isolate* isolate, const char* event, const char* trigger);
void SetFatalErrorObserver(FatalErrorObserver observer);

}  // namespace gyre

#endif  // GYRE_ENGINE_ISOLATE_H_
