#include "runtime/fs/calls.h"

#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "runtime/fs/uv_call.h"
#include "runtime/glue/system_error.h"

namespace gyre::fs {
namespace {

using fs_internal::UvCall;

using StatFunction = int (*)(uv_loop_t*, uv_fs_t*, const char*, uv_fs_cb);

absl::StatusOr<StatResult> StatWith(StatFunction function, const char* syscall,
                                    const std::string& path, bool throw_if_no_entry) {
  UvCall call;
  int error = function(nullptr, call.req(), path.c_str(), nullptr);
  if ((error == UV_ENOENT || error == UV_ENOTDIR) && !throw_if_no_entry) {
    return StatResult{.found = false, .stat = {}};
  }
  if (error < 0) return SystemError(error, syscall, path);
  return StatResult{.found = true, .stat = call.req()->statbuf};
}

std::vector<uv_buf_t> ToUvBuffers(const std::vector<PinnedBytes>& buffers) {
  std::vector<uv_buf_t> result;
  result.reserve(buffers.size());
  for (const PinnedBytes& bytes : buffers) {
    result.push_back({.base = reinterpret_cast<char*>(bytes.data()), .len = bytes.size()});
  }
  return result;
}

// The bytes that a call is about. JavaScript has checked the range against a size that programs can
// define anew, or change while they are asked for the other arguments.
absl::StatusOr<uv_buf_t> Range(const PinnedBytes& buffer, int64_t offset, int64_t length) {
  const auto size = static_cast<int64_t>(buffer.size());
  if (offset < 0 || length < 0 || offset > size || length > size - offset) {
    return NodeError(absl::StatusCode::kOutOfRange, "ERR_BUFFER_OUT_OF_BOUNDS",
                     "Attempt to access memory outside buffer bounds");
  }
  return uv_buf_t{.base = reinterpret_cast<char*>(buffer.data()) + offset,
                  .len = static_cast<size_t>(length)};
}

absl::StatusOr<int64_t> ReadInto(int32_t fd, const uv_buf_t* buffers, unsigned count,
                                 int64_t position) {
  UvCall call;
  return call.Result("read",
                     uv_fs_read(nullptr, call.req(), fd, buffers, count, position, nullptr));
}

absl::StatusOr<int64_t> WriteFrom(int32_t fd, const uv_buf_t* buffers, unsigned count,
                                  int64_t position) {
  UvCall call;
  return call.Result("write",
                     uv_fs_write(nullptr, call.req(), fd, buffers, count, position, nullptr));
}

absl::StatusOr<std::string> PathResult(UvCall& call, const char* syscall, int error,
                                       const std::string& path) {
  if (error < 0) return SystemError(error, syscall, path);
  return std::string(static_cast<const char*>(call.req()->ptr));
}

}  // namespace

absl::Status Access(std::string path, int32_t mode) {
  UvCall call;
  return call.Check("access", uv_fs_access(nullptr, call.req(), path.c_str(), mode, nullptr), path);
}

absl::Status Chmod(std::string path, int32_t mode) {
  UvCall call;
  return call.Check("chmod", uv_fs_chmod(nullptr, call.req(), path.c_str(), mode, nullptr), path);
}

absl::Status Chown(std::string path, uint32_t uid, uint32_t gid) {
  UvCall call;
  return call.Check("chown", uv_fs_chown(nullptr, call.req(), path.c_str(), uid, gid, nullptr),
                    path);
}

absl::Status Close(int32_t fd) {
  UvCall call;
  return call.Check("close", uv_fs_close(nullptr, call.req(), fd, nullptr));
}

absl::Status CopyFile(std::string from, std::string to, int32_t flags) {
  UvCall call;
  int error = uv_fs_copyfile(nullptr, call.req(), from.c_str(), to.c_str(), flags, nullptr);
  return call.Check("copyfile", error, from, to);
}

absl::Status Fchmod(int32_t fd, int32_t mode) {
  UvCall call;
  return call.Check("fchmod", uv_fs_fchmod(nullptr, call.req(), fd, mode, nullptr));
}

absl::Status Fchown(int32_t fd, uint32_t uid, uint32_t gid) {
  UvCall call;
  return call.Check("fchown", uv_fs_fchown(nullptr, call.req(), fd, uid, gid, nullptr));
}

absl::Status Fdatasync(int32_t fd) {
  UvCall call;
  return call.Check("fdatasync", uv_fs_fdatasync(nullptr, call.req(), fd, nullptr));
}

absl::Status Fsync(int32_t fd) {
  UvCall call;
  return call.Check("fsync", uv_fs_fsync(nullptr, call.req(), fd, nullptr));
}

absl::Status Ftruncate(int32_t fd, int64_t length) {
  UvCall call;
  return call.Check("ftruncate", uv_fs_ftruncate(nullptr, call.req(), fd, length, nullptr));
}

absl::Status Futimes(int32_t fd, double atime, double mtime) {
  UvCall call;
  return call.Check("futime", uv_fs_futime(nullptr, call.req(), fd, atime, mtime, nullptr));
}

absl::Status Lchown(std::string path, uint32_t uid, uint32_t gid) {
  UvCall call;
  return call.Check("lchown", uv_fs_lchown(nullptr, call.req(), path.c_str(), uid, gid, nullptr),
                    path);
}

absl::Status Link(std::string from, std::string to) {
  UvCall call;
  return call.Check("link", uv_fs_link(nullptr, call.req(), from.c_str(), to.c_str(), nullptr),
                    from, to);
}

absl::Status Lutimes(std::string path, double atime, double mtime) {
  UvCall call;
  return call.Check("lutime",
                    uv_fs_lutime(nullptr, call.req(), path.c_str(), atime, mtime, nullptr), path);
}

absl::Status Rename(std::string from, std::string to) {
  UvCall call;
  return call.Check("rename", uv_fs_rename(nullptr, call.req(), from.c_str(), to.c_str(), nullptr),
                    from, to);
}

absl::Status Rmdir(std::string path) {
  UvCall call;
  return call.Check("rmdir", uv_fs_rmdir(nullptr, call.req(), path.c_str(), nullptr), path);
}

absl::Status Symlink(std::string target, std::string path, int32_t flags) {
  UvCall call;
  int error = uv_fs_symlink(nullptr, call.req(), target.c_str(), path.c_str(), flags, nullptr);
  return call.Check("symlink", error, target, path);
}

absl::Status Unlink(std::string path) {
  UvCall call;
  return call.Check("unlink", uv_fs_unlink(nullptr, call.req(), path.c_str(), nullptr), path);
}

absl::Status Utimes(std::string path, double atime, double mtime) {
  UvCall call;
  return call.Check("utime", uv_fs_utime(nullptr, call.req(), path.c_str(), atime, mtime, nullptr),
                    path);
}

absl::StatusOr<int32_t> Open(std::string path, int32_t flags, int32_t mode) {
  UvCall call;
  int fd = uv_fs_open(nullptr, call.req(), path.c_str(), flags, mode, nullptr);
  if (fd < 0) return SystemError(fd, "open", path);
  return fd;
}

absl::StatusOr<StatResult> Stat(std::string path, bool throw_if_no_entry) {
  return StatWith(uv_fs_stat, "stat", path, throw_if_no_entry);
}

absl::StatusOr<StatResult> Lstat(std::string path, bool throw_if_no_entry) {
  return StatWith(uv_fs_lstat, "lstat", path, throw_if_no_entry);
}

absl::StatusOr<StatResult> Fstat(int32_t fd) {
  UvCall call;
  int error = uv_fs_fstat(nullptr, call.req(), fd, nullptr);
  if (error < 0) return SystemError(error, "fstat");
  return StatResult{.found = true, .stat = call.req()->statbuf};
}

absl::StatusOr<struct statfs> Statfs(std::string path) {
  // Not uv_fs_statfs: that drops the fragment size.
  struct statfs result;
  int error;
  do {
    error = ::statfs(path.c_str(), &result);
  } while (error != 0 && errno == EINTR);
  if (error != 0) return SystemError(uv_translate_sys_error(errno), "statfs", path);
  return result;
}

absl::StatusOr<int64_t> Read(int32_t fd, PinnedBytes buffer, int64_t offset, int64_t length,
                             int64_t position) {
  const absl::StatusOr<uv_buf_t> piece = Range(buffer, offset, length);
  if (!piece.ok()) return piece.status();
  return ReadInto(fd, &*piece, 1, position);
}

absl::StatusOr<int64_t> ReadBuffers(int32_t fd, std::vector<PinnedBytes> buffers,
                                    int64_t position) {
  std::vector<uv_buf_t> pieces = ToUvBuffers(buffers);
  return ReadInto(fd, pieces.data(), pieces.size(), position);
}

absl::StatusOr<int64_t> Write(int32_t fd, PinnedBytes buffer, int64_t offset, int64_t length,
                              int64_t position) {
  const absl::StatusOr<uv_buf_t> piece = Range(buffer, offset, length);
  if (!piece.ok()) return piece.status();
  return WriteFrom(fd, &*piece, 1, position);
}

absl::StatusOr<int64_t> WriteBuffers(int32_t fd, std::vector<PinnedBytes> buffers,
                                     int64_t position) {
  std::vector<uv_buf_t> pieces = ToUvBuffers(buffers);
  return WriteFrom(fd, pieces.data(), pieces.size(), position);
}

absl::StatusOr<int64_t> WriteString(int32_t fd, std::string text, int64_t position) {
  uv_buf_t piece = {.base = text.data(), .len = text.size()};
  return WriteFrom(fd, &piece, 1, position);
}

absl::StatusOr<std::string> Mkdtemp(std::string prefix) {
  prefix += "XXXXXX";
  UvCall call;
  int error = uv_fs_mkdtemp(nullptr, call.req(), prefix.c_str(), nullptr);
  if (error < 0) return SystemError(error, "mkdtemp", prefix);
  return std::string(call.req()->path);
}

absl::StatusOr<std::string> Readlink(std::string path) {
  UvCall call;
  int error = uv_fs_readlink(nullptr, call.req(), path.c_str(), nullptr);
  return PathResult(call, "readlink", error, path);
}

absl::StatusOr<std::string> RealpathNative(std::string path) {
  UvCall call;
  int error = uv_fs_realpath(nullptr, call.req(), path.c_str(), nullptr);
  return PathResult(call, "realpath", error, path);
}

int32_t ModuleStat(const std::string& path) {
  struct stat found;
  if (::stat(path.c_str(), &found) != 0) return uv_translate_sys_error(errno);
  return S_ISDIR(found.st_mode) ? 1 : 0;
}

}  // namespace gyre::fs
