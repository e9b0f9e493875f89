#include "runtime/v8/near_heap_limit.h"

#include <unistd.h>

#include <cstdio>
#include <ctime>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/v8/heap_snapshot.h"

namespace gyre {
namespace {

// What a snapshot itself may need of the heap: about a young generation.
constexpr size_t kHeadroom = 64 * 1024 * 1024;

class NearHeapLimit {
 public:
  explicit NearHeapLimit(Environment& env) : env_(env) {}
  ~NearHeapLimit() {
    if (count_ > 0) env_.isolate()->RemoveNearHeapLimitCallback(OnNearLimit, 0);
  }

  void Start(uint32_t count, const std::string& directory, int32_t thread_id) {
    if (count_ > 0) return;
    count_ = count;
    directory_ = directory;
    thread_id_ = thread_id;
    env_.isolate()->AddNearHeapLimitCallback(OnNearLimit, this);
  }

 private:
  static size_t OnNearLimit(void* data, size_t current_limit, size_t initial_limit) {
    auto* self = static_cast<NearHeapLimit*>(data);
    // Taking a snapshot allocates, and may come here again.
    if (self->busy_) return current_limit + kHeadroom;
    if (self->written_ >= self->count_) return current_limit;
    self->busy_ = true;
    self->Write();
    self->busy_ = false;
    return current_limit + kHeadroom;
  }

  void Write() {
    written_++;
    const std::string path = absl::StrCat(directory_, "/", Name());
    absl::Status status = WriteHeapSnapshotFile(env_, path, false, false);
    if (status.ok()) {
      fprintf(stderr, "Wrote snapshot to %s\n", path.c_str());
    } else {
      fprintf(stderr, "Failed to write a heap snapshot to %s\n", path.c_str());
    }
  }

  std::string Name() const {
    const time_t now = time(nullptr);
    tm local;
    localtime_r(&now, &local);
    return absl::StrFormat("Heap.%04d%02d%02d.%02d%02d%02d.%d.%d.%03d.heapsnapshot",
                           local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, local.tm_hour,
                           local.tm_min, local.tm_sec, getpid(), thread_id_, written_);
  }

  Environment& env_;
  uint32_t count_ = 0;
  uint32_t written_ = 0;
  bool busy_ = false;
  std::string directory_;
  int32_t thread_id_ = 0;
};

}  // namespace

void WriteSnapshotsNearHeapLimit(Environment& env, uint32_t count, const std::string& directory,
                                 int32_t thread_id) {
  env.State<NearHeapLimit>().Start(count, directory, thread_id);
}

}  // namespace gyre
