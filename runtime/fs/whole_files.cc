// Reading and writing a whole file in one go: open, everything, close, without a trip between.

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/fs/calls.h"
#include "runtime/fs/uv_call.h"

namespace gyre::fs {
namespace {

using fs_internal::UvCall;

constexpr uint64_t kMaxFileSize = std::numeric_limits<int32_t>::max();
// For what has no size of its own: pipes, terminals, /proc.
constexpr size_t kUnknownSizeChunk = 64 * 1024;
// Copying more than this takes longer than handing the work to a thread.
constexpr uint64_t kMaxInMemory = 64 * 1024;

// Closes a descriptor that was opened for the call; a borrowed one stays open.
class ScopedFd {
 public:
  ScopedFd(int fd, bool owned) : fd_(fd), owned_(owned) {}
  ~ScopedFd() {
    if (owned_) Close(fd_).IgnoreError();
  }
  ScopedFd(const ScopedFd&) = delete;
  ScopedFd& operator=(const ScopedFd&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
  const bool owned_;
};

absl::Status OutOfMemory() { return SystemError(UV_ENOMEM, "read"); }

// Reads until the end of the file, or until a regular file's size is reached.
absl::Status ReadAll(int fd, size_t expected, FileContents& contents) {
  const bool size_known = expected > 0;
  if (!contents.Reserve(size_known ? expected : kUnknownSizeChunk)) return OutOfMemory();
  while (true) {
    if (contents.size() == contents.capacity()) {
      if (size_known) return absl::OkStatus();
      if (!contents.Reserve(contents.capacity() * 2)) return OutOfMemory();
    }
    uv_buf_t free_space =
        uv_buf_init(reinterpret_cast<char*>(contents.data() + contents.size()),
                    std::min<size_t>(contents.capacity() - contents.size(), kMaxFileSize));
    UvCall call;
    absl::StatusOr<int64_t> count =
        call.Result("read", uv_fs_read(nullptr, call.req(), fd, &free_space, 1, -1, nullptr));
    if (!count.ok()) return count.status();
    if (*count == 0) return absl::OkStatus();
    contents.Grow(*count);
  }
}

}  // namespace

FileContents::FileContents(FileContents&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

FileContents& FileContents::operator=(FileContents&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

FileContents::~FileContents() { free(data_); }

bool FileContents::Reserve(size_t capacity) {
  if (capacity <= capacity_) return true;
  void* grown = realloc(data_, capacity);
  if (grown == nullptr) return false;
  data_ = static_cast<uint8_t*>(grown);
  capacity_ = capacity;
  return true;
}

uint8_t* FileContents::Release() {
  size_ = capacity_ = 0;
  return std::exchange(data_, nullptr);
}

absl::StatusOr<FileContents> ReadFile(std::string path, int32_t fd, int32_t flags) {
  const bool owned = fd < 0;
  if (owned) {
    absl::StatusOr<int32_t> opened = Open(std::move(path), flags, 0666);
    if (!opened.ok()) return opened.status();
    fd = *opened;
  }
  ScopedFd file(fd, owned);
  absl::StatusOr<StatResult> info = Fstat(file.get());
  if (!info.ok()) return info.status();
  const bool regular = (info->stat.st_mode & S_IFMT) == S_IFREG;
  const uint64_t size = regular ? info->stat.st_size : 0;
  if (size > kMaxFileSize) {
    return NodeError(absl::StatusCode::kOutOfRange, "ERR_FS_FILE_TOO_LARGE",
                     absl::StrCat("File size (", size, ") is greater than 2 GiB"));
  }
  FileContents contents;
  if (absl::Status read = ReadAll(file.get(), size, contents); !read.ok()) return read;
  return contents;
}

std::optional<absl::StatusOr<FileContents>> ReadFileInMemory(const std::string& path, int32_t fd,
                                                             int32_t flags) {
  if (fd >= 0 || flags != O_RDONLY) return std::nullopt;
  open_how how = {};
  how.flags = O_RDONLY | O_CLOEXEC;
  how.resolve = RESOLVE_CACHED;
  const auto opened =
      static_cast<int>(syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof(how)));
  if (opened < 0) return std::nullopt;
  const ScopedFd file(opened, true);
  struct statx info;
  if (statx(opened, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_SIZE, &info) != 0 ||
      !S_ISREG(info.stx_mode) || info.stx_size == 0 || info.stx_size > kMaxInMemory) {
    return std::nullopt;
  }
  FileContents contents;
  if (!contents.Reserve(info.stx_size)) return std::nullopt;
  iovec part{contents.data(), info.stx_size};
  if (preadv2(opened, &part, 1, 0, RWF_NOWAIT) != static_cast<ssize_t>(info.stx_size))
    return std::nullopt;
  contents.Grow(info.stx_size);
  return contents;
}

absl::Status WriteFile(std::string path, int32_t fd, PinnedBytes data, int32_t flags,
                       int32_t mode) {
  const bool owned = fd < 0;
  if (owned) {
    absl::StatusOr<int32_t> opened = Open(std::move(path), flags, mode);
    if (!opened.ok()) return opened.status();
    fd = *opened;
  }
  ScopedFd file(fd, owned);
  for (size_t written = 0; written < data.size();) {
    uv_buf_t rest = uv_buf_init(reinterpret_cast<char*>(data.data() + written),
                                std::min<size_t>(data.size() - written, kMaxFileSize));
    UvCall call;
    absl::StatusOr<int64_t> count =
        call.Result("write", uv_fs_write(nullptr, call.req(), fd, &rest, 1, -1, nullptr));
    if (!count.ok()) return count.status();
    written += *count;
  }
  return absl::OkStatus();
}

}  // namespace gyre::fs
