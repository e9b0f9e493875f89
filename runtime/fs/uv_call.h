// One synchronous libuv file system call and its result; private to this folder.

#ifndef GYRE_FS_UV_CALL_H_
#define GYRE_FS_UV_CALL_H_

#include <atomic>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/glue/system_error.h"
#include "uv.h"

namespace gyre::fs_internal {

// Trace events want to know of every call. Set while they do; called on the call's thread before
// and after it.
struct CallObserver {
  void (*began)(uv_fs_t* req);
  void (*ended)(uv_fs_t* req);
};
inline std::atomic<const CallObserver*> call_observer = nullptr;

// Owns the uv_fs_t. libuv runs a call without a callback on the calling thread and needs no loop
// for it.
class UvCall {
 public:
  UvCall() = default;
  ~UvCall() {
    if (!started_) return;
    if (observer_ != nullptr) observer_->ended(&req_);
    uv_fs_req_cleanup(&req_);
  }
  UvCall(const UvCall&) = delete;
  UvCall& operator=(const UvCall&) = delete;

  uv_fs_t* req() {
    if (started_) return &req_;
    started_ = true;
    observer_ = call_observer.load(std::memory_order_acquire);
    if (observer_ != nullptr) observer_->began(&req_);
    return &req_;
  }

  absl::Status Check(std::string_view syscall, int result, std::string_view path = {},
                     std::string_view dest = {}) const {
    if (result < 0) return SystemError(result, syscall, path, dest);
    return absl::OkStatus();
  }

  // For calls that return a count: the request has all of it, the return value only an int.
  absl::StatusOr<int64_t> Result(std::string_view syscall, int result) const {
    if (result < 0) return SystemError(result, syscall);
    return static_cast<int64_t>(req_.result);
  }

 private:
  uv_fs_t req_;
  bool started_ = false;
  const CallObserver* observer_ = nullptr;
};

}  // namespace gyre::fs_internal

#endif  // GYRE_FS_UV_CALL_H_
