// The handles behind fs.watch and fs.watchFile.

#ifndef GYRE_FS_WATCHERS_H_
#define GYRE_FS_WATCHERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "runtime/loop/handle.h"
#include "uv.h"

namespace gyre::fs {

// inotify on one file or directory. Calls this.onchange(status, 'rename' | 'change', filename), the
// name as bytes.
class FsEvent final : public Handle {
 public:
  FsEvent(Environment& env, v8::Local<v8::Object> self);

  // ERR_ACCESS_DENIED by the permission model, else 0 or a negative errno.
  absl::StatusOr<int32_t> Start(std::string path, bool persistent);

 private:
  static void OnEvent(uv_fs_event_t* handle, const char* filename, int events, int status);
  void Emit(const char* filename, int events, int status);

  uv_fs_event_t event_;
};

// Polls one path. Calls this.onchange(status); what it found before and now is in the stat buffers.
class StatWatcher final : public Handle {
 public:
  StatWatcher(Environment& env, v8::Local<v8::Object> self);

  absl::StatusOr<int32_t> Start(std::string path, uint32_t interval_ms);

 private:
  static void OnPoll(uv_fs_poll_t* handle, int status, const uv_stat_t* previous,
                     const uv_stat_t* current);

  uv_fs_poll_t poll_;
};

}  // namespace gyre::fs

#endif  // GYRE_FS_WATCHERS_H_
