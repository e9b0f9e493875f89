#ifndef GYRE_FS_TRACE_H_
#define GYRE_FS_TRACE_H_

namespace gyre::fs {

// From now on calls are trace events of the groups node.fs and node.fs_dir while those are
// recorded.
void TraceCalls();

// Whether they are now.
bool CallsAreTraced();

// Marks the calls of this scope, on this thread, as asynchronous ones.
class OnThreadPool {
 public:
  OnThreadPool() { active_ = true; }
  ~OnThreadPool() { active_ = false; }
  OnThreadPool(const OnThreadPool&) = delete;
  OnThreadPool& operator=(const OnThreadPool&) = delete;
  static bool active() { return active_; }

 private:
  static inline thread_local bool active_ = false;
};

}  // namespace gyre::fs

#endif  // GYRE_FS_TRACE_H_
