#include "runtime/engine/isolate.h"

#include <array>
#include <atomic>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/base/config.h"
#include "runtime/engine/platform.h"
#include "v8-cppgc.h"

namespace gyre {
namespace {

// A sanitizer finds what is used after it was freed only when it is freed.
#ifdef ABSL_HAVE_ADDRESS_SANITIZER
constexpr bool kPooled = false;
#else
constexpr bool kPooled = true;
#endif

// What is kept at most of blocks of up to kLargestSmall bytes, and of larger ones until the next
// full collection. V8 collects when about 32 MB of buffers are young; then they come back all at
// once.
constexpr size_t kMaxSmall = 8 * 1024 * 1024;
constexpr size_t kMaxLarge = 64 * 1024 * 1024;
constexpr size_t kLargestSmall = 64 * 1024;
// Up to here a block that was used is cleared, and a large one is; fresh memory of sizes between is
// clear already, and that of a large one costs more page faults than clearing takes.
constexpr size_t kMaxCleared = 4096;

// Blocks differ by so much up to kEvenUpTo bytes, and by a quarter of a power of two beyond.
constexpr size_t kStep = 128;
constexpr size_t kEvenUpTo = 1024;
constexpr int kEvenClasses = kEvenUpTo / kStep;

// Blocks that were freed, by size. The collector frees most of them, on a thread of its own, where
// malloc would make them wait for each other and cut them up; what a server reads into, and what a
// thread is sent, is of the same few sizes again and again. A large block from malloc is fresh
// memory, for whose page faults there is time to copy it twice.
class BlockPool {
 public:
  static constexpr size_t kLargestBlock = 4 * 1024 * 1024;

  ~BlockPool();

  // The size of the block that `length` bytes get, 0 < length <= kLargestBlock.
  static size_t BlockSize(size_t length);
  // A block for `length` bytes, or null when there is none.
  void* Take(size_t length);
  // Keeps a block of BlockSize(length) bytes; false when there are enough. From any thread.
  bool Give(void* block, size_t length);
  // Frees the blocks of more than kLargestSmall bytes.
  void FreeLarge();

 private:
  static constexpr int kClasses = 56;
  struct Block {
    Block* next;
  };

  static int ClassOf(size_t length);
  // The bytes of all blocks that are as large as these, or as small.
  std::atomic<size_t>& BytesLike(size_t size) {
    return size > kLargestSmall ? large_bytes_ : small_bytes_;
  }
  // The number of blocks that were in the list.
  static size_t FreeList(Block* list);

  std::array<std::atomic<Block*>, kClasses> given_ = {};
  std::array<Block*, kClasses> ready_ = {};  // of who holds taking_
  std::atomic_flag taking_;
  std::atomic<size_t> small_bytes_ = 0;
  std::atomic<size_t> large_bytes_ = 0;
};

// Where the memory of an isolate's array buffers comes from.
class ArrayBufferAllocator final : public v8::ArrayBuffer::Allocator {
 public:
  void* Allocate(size_t length) override;
  void* AllocateUninitialized(size_t length) override;
  void Free(void* data, size_t length) override;

  void FreeLargeBlocks() { pool_.FreeLarge(); }

  // Allocated and not freed yet.
  size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  void* Counted(void* data, size_t length);

  BlockPool pool_;
  std::atomic<size_t> bytes_ = 0;  // V8 frees from its own threads too
};

bool IsPooled(size_t length) { return kPooled && length > 0 && length <= BlockPool::kLargestBlock; }

int BlockPool::ClassOf(size_t length) {
  if (length <= kEvenUpTo) return static_cast<int>((length - 1) / kStep);
  const int power = std::bit_width(length - 1) - 1;
  const size_t quarter = size_t{1} << (power - 2);
  const size_t quarters = (length - 1 - (size_t{1} << power)) / quarter;
  return kEvenClasses + (power - std::countr_zero(kEvenUpTo)) * 4 + static_cast<int>(quarters);
}

size_t BlockPool::BlockSize(size_t length) {
  if (length <= kEvenUpTo) return (length + kStep - 1) / kStep * kStep;
  const size_t quarter = size_t{1} << (std::bit_width(length - 1) - 3);
  return (length + quarter - 1) / quarter * quarter;
}

BlockPool::~BlockPool() {
  for (int i = 0; i < kClasses; i++) {
    FreeList(ready_[i]);
    FreeList(given_[i].load(std::memory_order_acquire));
  }
}

size_t BlockPool::FreeList(Block* list) {
  size_t count = 0;
  for (; list != nullptr; count++) {
    Block* next = list->next;
    std::free(list);
    list = next;
  }
  return count;
}

void BlockPool::FreeLarge() {
  if (taking_.test_and_set(std::memory_order_acquire)) return;
  size_t length = kLargestSmall + 1;
  for (int i = ClassOf(length); i < kClasses; i++) {
    const size_t size = BlockSize(length);
    const size_t count = FreeList(std::exchange(ready_[i], nullptr)) +
                         FreeList(given_[i].exchange(nullptr, std::memory_order_acquire));
    large_bytes_.fetch_sub(count * size, std::memory_order_relaxed);
    length = size + 1;
  }
  taking_.clear(std::memory_order_release);
}

void* BlockPool::Take(size_t length) {
  // Nearly always one thread allocates. Another one that comes at the same time does without.
  if (taking_.test_and_set(std::memory_order_acquire)) return nullptr;
  Block*& ready = ready_[ClassOf(length)];
  if (ready == nullptr) {
    ready = given_[ClassOf(length)].exchange(nullptr, std::memory_order_acquire);
  }
  Block* block = ready;
  if (block != nullptr) ready = block->next;
  taking_.clear(std::memory_order_release);
  if (block != nullptr) {
    const size_t size = BlockSize(length);
    BytesLike(size).fetch_sub(size, std::memory_order_relaxed);
  }
  return block;
}

bool BlockPool::Give(void* memory, size_t length) {
  const size_t size = BlockSize(length);
  std::atomic<size_t>& bytes = BytesLike(size);
  const size_t most = size > kLargestSmall ? kMaxLarge : kMaxSmall;
  if (bytes.load(std::memory_order_relaxed) + size > most) return false;
  bytes.fetch_add(size, std::memory_order_relaxed);
  std::atomic<Block*>& given = given_[ClassOf(length)];
  auto* block = static_cast<Block*>(memory);
  block->next = given.load(std::memory_order_relaxed);
  while (!given.compare_exchange_weak(block->next, block, std::memory_order_release,
                                      std::memory_order_relaxed)) {
  }
  return true;
}

void* ArrayBufferAllocator::Allocate(size_t length) {
  if (!IsPooled(length)) return Counted(std::calloc(length, 1), length);
  if (length <= kMaxCleared || length > kLargestSmall) {
    if (void* block = pool_.Take(length)) {
      std::memset(block, 0, length);
      return Counted(block, length);
    }
  }
  return Counted(std::calloc(BlockPool::BlockSize(length), 1), length);
}

void* ArrayBufferAllocator::AllocateUninitialized(size_t length) {
  if (!IsPooled(length)) return Counted(std::malloc(length), length);
  void* block = pool_.Take(length);
  return Counted(block != nullptr ? block : std::malloc(BlockPool::BlockSize(length)), length);
}

void ArrayBufferAllocator::Free(void* data, size_t length) {
  if (!IsPooled(length) || !pool_.Give(data, length)) std::free(data);
  bytes_.fetch_sub(length, std::memory_order_relaxed);
}

void* ArrayBufferAllocator::Counted(void* data, size_t length) {
  if (data != nullptr) bytes_.fetch_add(length, std::memory_order_relaxed);
  return data;
}

// A process at rest collects everything once: what it has no use for is given back then.
void FreeLargeBlocks(v8::Isolate* isolate, v8::GCType, v8::GCCallbackFlags) {
  static_cast<ArrayBufferAllocator*>(isolate->GetArrayBufferAllocator())->FreeLargeBlocks();
}

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

size_t ArrayBufferBytes(v8::Isolate* isolate) {
  return static_cast<ArrayBufferAllocator*>(isolate->GetArrayBufferAllocator())->bytes();
}

IsolateHolder::IsolateHolder(const HeapLimits& limits, const SnapshotData& snapshot) {
  v8::Isolate::CreateParams params;
  // Shared with each buffer: one that was sent to another thread may outlive this isolate.
  params.array_buffer_allocator_shared = std::make_shared<ArrayBufferAllocator>();
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
  SetUp();
}

IsolateHolder::IsolateHolder(SnapshotReferences references) {
  v8::Isolate::CreateParams params;
  params.array_buffer_allocator_shared = std::make_shared<ArrayBufferAllocator>();
  params.external_references = references.external_references;
  // Isolate::Initialize makes one itself; the inspector needs it.
  params.cpp_heap =
      v8::CppHeap::Create(&Platform::Instance(), v8::CppHeapCreateParams({})).release();
  isolate_ = v8::Isolate::Allocate();
  Platform::Instance().RegisterIsolate(isolate_);
  creator_ = std::make_unique<v8::SnapshotCreator>(isolate_, params);
  SetUp();
}

void IsolateHolder::SetUp() {
  isolate_->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
  isolate_->SetFatalErrorHandler(OnFatalError);
  isolate_->SetOOMErrorHandler(OnOutOfMemory);
  isolate_->SetCaptureStackTraceForUncaughtExceptions(false);
  isolate_->AddGCEpilogueCallback(FreeLargeBlocks, v8::kGCTypeMarkSweepCompact);
}

IsolateHolder::~IsolateHolder() {
  // The creator leaves the isolate and does not own it.
  creator_.reset();
  isolate_->Dispose();
  Platform::Instance().RemoveIsolate(isolate_);
}

}  // namespace gyre
