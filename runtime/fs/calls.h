// The file system calls of the `fs` module as plain blocking functions: no V8, no event loop.
// The binding runs each of them on the calling thread (the *Sync API) or on the thread pool
// (callbacks and promises); see async_call.h. A failure is the status that the glue turns into
// Node's `Error: ENOENT: no such file or directory, open 'x'`.

#ifndef GYRE_FS_CALLS_H_
#define GYRE_FS_CALLS_H_

#include <sys/vfs.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/glue/convert.h"
#include "uv.h"

namespace gyre::fs {

// One directory entry; `type` is a uv_dirent_type_t, the UV_DIRENT_* of fs.constants.
struct DirectoryEntry {
  std::string name;
  uv_dirent_type_t type;
};

// Bytes of a file in malloc'ed memory, so that they can become an ArrayBuffer without a copy.
class FileContents {
 public:
  FileContents() = default;
  FileContents(FileContents&& other) noexcept;
  FileContents& operator=(FileContents&& other) noexcept;
  ~FileContents();

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

  // Makes room for `capacity` bytes in all; false when there is no memory.
  bool Reserve(size_t capacity);
  size_t capacity() const { return capacity_; }
  void Grow(size_t bytes) { size_ += bytes; }
  // Gives up the memory: the caller frees it with free().
  uint8_t* Release();

 private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

// What a stat family call found; `found` is false only where the caller allowed a missing entry.
struct StatResult {
  bool found = true;
  uv_stat_t stat;
};

// Where a path was given, `path` names it in errors; a call on a descriptor has none.
absl::Status Access(std::string path, int32_t mode);
absl::Status Chmod(std::string path, int32_t mode);
absl::Status Chown(std::string path, uint32_t uid, uint32_t gid);
absl::Status Close(int32_t fd);
absl::Status CopyFile(std::string from, std::string to, int32_t flags);
absl::Status Fchmod(int32_t fd, int32_t mode);
absl::Status Fchown(int32_t fd, uint32_t uid, uint32_t gid);
absl::Status Fdatasync(int32_t fd);
absl::Status Fsync(int32_t fd);
absl::Status Ftruncate(int32_t fd, int64_t length);
absl::Status Futimes(int32_t fd, double atime, double mtime);
absl::Status Lchown(std::string path, uint32_t uid, uint32_t gid);
absl::Status Link(std::string from, std::string to);
absl::Status Lutimes(std::string path, double atime, double mtime);
absl::Status Rename(std::string from, std::string to);
absl::Status Rmdir(std::string path);
absl::Status Symlink(std::string target, std::string path, int32_t flags);
absl::Status Unlink(std::string path);
absl::Status Utimes(std::string path, double atime, double mtime);

absl::StatusOr<int32_t> Open(std::string path, int32_t flags, int32_t mode);
absl::StatusOr<StatResult> Stat(std::string path, bool throw_if_no_entry);
absl::StatusOr<StatResult> Lstat(std::string path, bool throw_if_no_entry);
absl::StatusOr<StatResult> Fstat(int32_t fd);
absl::StatusOr<struct statfs> Statfs(std::string path);

// Positions below zero mean "from the current position, and move it".
absl::StatusOr<int64_t> Read(int32_t fd, PinnedBytes buffer, int64_t offset, int64_t length,
                             int64_t position);
absl::StatusOr<int64_t> ReadBuffers(int32_t fd, std::vector<PinnedBytes> buffers, int64_t position);
absl::StatusOr<int64_t> Write(int32_t fd, PinnedBytes buffer, int64_t offset, int64_t length,
                              int64_t position);
absl::StatusOr<int64_t> WriteBuffers(int32_t fd, std::vector<PinnedBytes> buffers,
                                     int64_t position);
absl::StatusOr<int64_t> WriteString(int32_t fd, std::string text, int64_t position);

absl::StatusOr<std::string> Mkdtemp(std::string prefix);
absl::StatusOr<std::string> Readlink(std::string path);
absl::StatusOr<std::vector<DirectoryEntry>> Readdir(std::string path);

// mkdir; with `recursive` it makes missing parents too and returns the first directory it made.
absl::StatusOr<std::optional<std::string>> Mkdir(std::string path, int32_t mode, bool recursive);

// realpath(3). Errors name the whole path and the call `realpath`.
absl::StatusOr<std::string> RealpathNative(std::string path);
// The same answer for an absolute path, but errors name the first component that cannot be
// followed and the call that failed on it (`lstat` or `stat`), as fs.realpath promises.
absl::StatusOr<std::string> Realpath(std::string path);

// Opens, reads to the end and closes; `path_or_fd` is one of them: fd < 0 means the path.
// A descriptor is read from its current position and stays open.
absl::StatusOr<FileContents> ReadFile(std::string path, int32_t fd, int32_t flags);
// The same for a file of moderate size that the kernel has in memory, name, attributes and bytes;
// nothing for every other file, without having waited for a disk.
std::optional<absl::StatusOr<FileContents>> ReadFileInMemory(const std::string& path, int32_t fd,
                                                             int32_t flags);
// Opens, writes everything and closes; fd >= 0 writes there and keeps it open.
absl::Status WriteFile(std::string path, int32_t fd, PinnedBytes data, int32_t flags, int32_t mode);

// Removes what is at `path`, a directory with everything below it. What vanishes meanwhile is fine.
absl::Status RemoveTree(std::string path);

// A directory that fs.opendir keeps open; closes when the last reference goes, if not before.
class OpenDirectory {
 public:
  explicit OpenDirectory(uv_dir_t* dir) : dir_(dir) {}
  ~OpenDirectory();
  OpenDirectory(const OpenDirectory&) = delete;
  OpenDirectory& operator=(const OpenDirectory&) = delete;

  // The next entries, at most `count`; none at the end.
  absl::StatusOr<std::vector<DirectoryEntry>> Read(int32_t count);
  absl::Status Close();

 private:
  uv_dir_t* dir_;
};
absl::StatusOr<std::shared_ptr<OpenDirectory>> Opendir(std::string path);
absl::StatusOr<std::vector<DirectoryEntry>> ReadDirectory(std::shared_ptr<OpenDirectory> directory,
                                                          int32_t count);
absl::Status CloseDirectory(std::shared_ptr<OpenDirectory> directory);

// 0: a file or anything else that can be opened, 1: a directory, below 0: not there. Never fails.
int32_t ModuleStat(const std::string& path);

}  // namespace gyre::fs

#endif  // GYRE_FS_CALLS_H_
