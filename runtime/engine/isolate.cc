#include "runtime/engine/isolate.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "runtime/engine/platform.h"

namespace gyre {
namespace {

// V8's own allocator, with a count of what is allocated.
class CountingAllocator final : public v8::ArrayBuffer::Allocator {
 public:
  void* Allocate(size_t length) override { return Counted(base_->Allocate(length), length); }
  void* AllocateUninitialized(size_t length) override {
    return Counted(base_->AllocateUninitialized(length), length);
  }
  void Free(void* data, size_t length) override {
    bytes_.fetch_sub(length, std::memory_order_relaxed);
    base_->Free(data, length);
  }
  size_t MaxAllocationSize() const override { return base_->MaxAllocationSize(); }
  size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  void* Counted(void* data, size_t length) {
    if (data != nullptr) bytes_.fetch_add(length, std::memory_order_relaxed);
    return data;
  }

  const std::unique_ptr<v8::ArrayBuffer::Allocator> base_{NewDefaultAllocator()};
  std::atomic<size_t> bytes_ = 0;  // V8 frees from its own threads too
};

std::atomic<FatalErrorObserver> fatal_error_observer = nullptr;

void Observe(const char* event, const char* trigger) {
  fflush(stderr);
  FatalErrorObserver observer = fatal_error_observer.exchange(nullptr);
  if (observer != nullptr) observer(v8::Isolate::TryGetCurrent(), event, trigger);
}

[[noreturn]] void OnFatalError(const char* location, const char* message) {
  fprintf(stderr, "FATAL ERROR: %s %s\n", location == nullptr ? "" : location, message);
  Observe(message, "FatalError");
  abort();
}

[[noreturn]] void OnOutOfMemory(const char* location, const v8::OOMDetails& details) {
  // V8 has printed the last garbage collections before it calls this.
  const char* what = details.is_heap_oom ? "Allocation failed - JavaScript heap out of memory"
                                         : "Allocation failed - process out of memory";
  fprintf(stderr, "FATAL ERROR: %s %s\n", location == nullptr ? "" : location, what);
  if (details.detail != nullptr) fprintf(stderr, "Reason: %s\n", details.detail);
  Observe(what, "OOMError");
  abort();
}

}  // namespace

void SetFatalErrorObserver(FatalErrorObserver observer) { fatal_error_observer = observer; }

void ConfigureIsolate(v8::Isolate* isolate) {
  isolate->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
  isolate->SetFatalErrorHandler(OnFatalError);
  isolate->SetOOMErrorHandler(OnOutOfMemory);
  isolate->SetCaptureStackTraceForUncaughtExceptions(false);
}

size_t ArrayBufferBytes(v8::Isolate* isolate) {
  // Every allocator but the snapshot creator's is of this class, and that one is never asked.
  return static_cast<CountingAllocator*>(isolate->GetArrayBufferAllocator())->bytes();
}

IsolateHolder::IsolateHolder(const HeapLimits& limits, const SnapshotData& snapshot) {
  v8::Isolate::CreateParams params;
  // Shared with each buffer: one that was sent to another thread may outlive this isolate.
  params.array_buffer_allocator_shared = std::make_shared<CountingAllocator>();
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
