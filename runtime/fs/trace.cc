#include "runtime/fs/trace.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "runtime/base/json_quote.h"
#include "runtime/engine/tracing.h"
#include "runtime/fs/uv_call.h"
#include "uv.h"

namespace gyre::fs {
namespace {

// What a call is called; `sync` where a blocking one has another name.
struct CallName {
  uv_fs_type type;
  std::string_view name;
  std::string_view sync = {};
};

constexpr CallName kCalls[] = {
    {UV_FS_OPEN, "open"},
    {UV_FS_CLOSE, "close"},
    {UV_FS_READ, "read"},
    {UV_FS_WRITE, "write"},
    {UV_FS_STAT, "stat"},
    {UV_FS_LSTAT, "lstat"},
    {UV_FS_FSTAT, "fstat"},
    {UV_FS_FTRUNCATE, "ftruncate"},
    {UV_FS_UTIME, "utime", "utimes"},
    {UV_FS_FUTIME, "futime", "futimes"},
    {UV_FS_LUTIME, "lutime", "lutimes"},
    {UV_FS_ACCESS, "access"},
    {UV_FS_CHMOD, "chmod"},
    {UV_FS_FCHMOD, "fchmod"},
    {UV_FS_FSYNC, "fsync"},
    {UV_FS_FDATASYNC, "fdatasync"},
    {UV_FS_UNLINK, "unlink"},
    {UV_FS_RMDIR, "rmdir"},
    {UV_FS_MKDIR, "mkdir"},
    {UV_FS_MKDTEMP, "mkdtemp"},
    {UV_FS_RENAME, "rename"},
    {UV_FS_SCANDIR, "scandir", "readdir"},
    {UV_FS_LINK, "link"},
    {UV_FS_SYMLINK, "symlink"},
    {UV_FS_READLINK, "readlink"},
    {UV_FS_CHOWN, "chown"},
    {UV_FS_FCHOWN, "fchown"},
    {UV_FS_LCHOWN, "lchown"},
    {UV_FS_REALPATH, "realpath"},
    {UV_FS_COPYFILE, "copyfile"},
    {UV_FS_OPENDIR, "opendir"},
    {UV_FS_READDIR, "readdir"},
    {UV_FS_CLOSEDIR, "closedir"},
};

const CallName* NameOf(uv_fs_t* req) {
  for (const CallName& call : kCalls) {
    if (call.type == uv_fs_get_type(req)) return &call;
  }
  return nullptr;
}

bool IsOfDirectory(uv_fs_type type) {
  return type == UV_FS_OPENDIR || type == UV_FS_READDIR || type == UV_FS_CLOSEDIR;
}

struct Groups {
  const TraceGroup sync;
  const TraceGroup async;
};

const Groups& FileGroups() {
  static const Groups groups = {TraceGroup("node,node.fs,node.fs.sync"),
                                TraceGroup("node,node.fs,node.fs.async")};
  return groups;
}

const Groups& DirectoryGroups() {
  static const Groups groups = {TraceGroup("node,node.fs_dir,node.fs_dir.sync"),
                                TraceGroup("node,node.fs_dir,node.fs_dir.async")};
  return groups;
}

bool AnyEnabled() {
  const Groups& files = FileGroups();
  const Groups& directories = DirectoryGroups();
  return files.sync.enabled() || files.async.enabled() || directories.sync.enabled() ||
         directories.async.enabled();
}

// A call is one call at a time of its thread; what it is, is known at its end only.
thread_local int64_t began_us = -1;
thread_local int64_t began_thread_us = -1;

void Began(uv_fs_t*) {
  if (!AnyEnabled()) return;
  began_us = TraceClock();
  began_thread_us = TraceThreadClock();
}

void RecordSync(const TraceGroup& group, std::string_view call, uv_fs_t* req) {
  const std::string name = absl::StrCat("fs.sync.", call);
  const std::string directory_name = absl::StrCat("fs_dir.sync.", call);
  const std::string_view shown = IsOfDirectory(uv_fs_get_type(req)) ? directory_name : name;
  group.Record({.phase = 'B', .name = shown, .at_us = began_us, .thread_at_us = began_thread_us});
  std::string args;
  const ssize_t result = uv_fs_get_result(req);
  if (result >= 0 && call == "read") args = absl::StrCat("\"bytesRead\":", result);
  if (result >= 0 && call == "write") args = absl::StrCat("\"bytesWritten\":", result);
  group.Record({.phase = 'E', .name = shown, .args = args});
}

void RecordAsync(const TraceGroup& group, std::string_view call, uv_fs_t* req) {
  const auto id = reinterpret_cast<uintptr_t>(req);
  std::string args;
  if (const char* path = uv_fs_get_path(req); path != nullptr) {
    args = "\"path\":";
    AppendJsonString(path, &args);
  }
  group.Record({.phase = 'b',
                .name = call,
                .has_id = true,
                .id = id,
                .args = args,
                .at_us = began_us,
                .thread_at_us = began_thread_us});
  args = absl::StrCat("\"result\":", uv_fs_get_result(req));
  group.Record({.phase = 'e', .name = call, .has_id = true, .id = id, .args = args});
}

void Ended(uv_fs_t* req) {
  const CallName* call = NameOf(req);
  if (began_us >= 0 && call != nullptr) {
    const Groups& groups = IsOfDirectory(call->type) ? DirectoryGroups() : FileGroups();
    if (OnThreadPool::active()) {
      RecordAsync(groups.async, call->name, req);
    } else {
      RecordSync(groups.sync, call->sync.empty() ? call->name : call->sync, req);
    }
  }
  began_us = -1;
}

constexpr fs_internal::CallObserver kObserver = {Began, Ended};

}  // namespace

bool CallsAreTraced() {
  return fs_internal::call_observer.load(std::memory_order_relaxed) != nullptr && AnyEnabled();
}

void TraceCalls() { fs_internal::call_observer.store(&kObserver, std::memory_order_release); }

}  // namespace gyre::fs
