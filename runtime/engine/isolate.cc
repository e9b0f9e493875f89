#include "runtime/engine/isolate.h"

#include <cstdio>
#include <cstdlib>

#include "runtime/engine/platform.h"

namespace gyre {
namespace {

[[noreturn]] void OnFatalError(const char* location, const char* message) {
  fprintf(stderr, "FATAL ERROR: %s %s\n", location == nullptr ? "" : location, message);
  fflush(stderr);
  abort();
}

[[noreturn]] void OnOutOfMemory(const char* location, const v8::OOMDetails& details) {
  // V8 has printed the last garbage collections before it calls this.
  const char* what = details.is_heap_oom ? "Allocation failed - JavaScript heap out of memory"
                                         : "Allocation failed - process out of memory";
  fprintf(stderr, "FATAL ERROR: %s %s\n", location == nullptr ? "" : location, what);
  if (details.detail != nullptr) fprintf(stderr, "Reason: %s\n", details.detail);
  fflush(stderr);
  abort();
}

}  // namespace

void ConfigureIsolate(v8::Isolate* isolate) {
  isolate->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
  isolate->SetFatalErrorHandler(OnFatalError);
  isolate->SetOOMErrorHandler(OnOutOfMemory);
  isolate->SetCaptureStackTraceForUncaughtExceptions(false);
}

IsolateHolder::IsolateHolder(const HeapLimits& limits, const SnapshotData& snapshot)
    : allocator_(v8::ArrayBuffer::Allocator::NewDefaultAllocator()) {
  v8::Isolate::CreateParams params;
  params.array_buffer_allocator = allocator_.get();
  constexpr size_t kMiB = 1024 * 1024;
  if (limits.max_old_generation_mib > 0) {
    params.constraints.set_max_old_generation_size_in_bytes(limits.max_old_generation_mib * kMiB);
  }
  if (limits.max_young_generation_mib > 0) {
    params.constraints.set_max_young_generation_size_in_bytes(limits.max_young_generation_mib *
                                                              kMiB);
  }
  if (limits.code_range_mib > 0) {
    params.constraints.set_code_range_size_in_bytes(limits.code_range_mib * kMiB);
  }
  if (snapshot.blob.data != nullptr) params.snapshot_blob = &snapshot.blob;
  params.external_references = snapshot.external_references;

  isolate_ = v8::Isolate::Allocate();
  Platform::Instance().RegisterIsolate(isolate_);
  v8::Isolate::Initialize(isolate_, params);
  ConfigureIsolate(isolate_);
}

IsolateHolder::~IsolateHolder() {
  isolate_->Dispose();
  Platform::Instance().RemoveIsolate(isolate_);
}

}  // namespace gyre
