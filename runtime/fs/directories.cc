// The calls that work on directories and trees.

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "runtime/fs/calls.h"
#include "runtime/fs/uv_call.h"

namespace gyre::fs {
namespace {

using fs_internal::UvCall;

int MakeDirectory(const std::string& path, int mode) {
  UvCall call;
  return uv_fs_mkdir(nullptr, call.req(), path.c_str(), mode, nullptr);
}

// The path without its last component; the path itself when it has only one.
std::string ParentOf(const std::string& path) {
  size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return path;
  size_t slash = path.rfind('/', end);
  if (slash == std::string::npos) return path;
  size_t parent_end = path.find_last_not_of('/', slash);
  return parent_end == std::string::npos ? "/" : path.substr(0, parent_end + 1);
}

// mkdir -p: tries the deepest directory first, since its parents mostly exist.
absl::StatusOr<std::optional<std::string>> MakeDirectories(const std::string& path, int mode) {
  std::optional<std::string> first_made;
  std::vector<std::string> pending = {path};
  while (!pending.empty()) {
    std::string next = pending.back();
    int error = MakeDirectory(next, mode);
    if (error == UV_ENOENT) {
      std::string parent = ParentOf(next);
      // A parent that exists but takes no entries (such as /proc) also says ENOENT.
      if (parent == next || ModuleStat(parent) == 1) return SystemError(error, "mkdir", path);
      pending.push_back(std::move(parent));
      continue;
    }
    if (error < 0 && ModuleStat(next) != 1) {
      // A file where a parent must be is "not a directory"; where the last one must be, "exists".
      if (error == UV_EEXIST && pending.size() > 1) error = UV_ENOTDIR;
      return SystemError(error, "mkdir", path);
    }
    if (error == 0 && !first_made) first_made = next;
    pending.pop_back();
  }
  return first_made;
}

// Joins and takes out empty, `.` and `..` components, by their text alone.
std::string Normalize(std::string_view base, std::string_view relative) {
  std::string joined = !relative.empty() && relative[0] == '/' ? std::string(relative)
                                                               : absl::StrCat(base, "/", relative);
  std::string result;
  size_t start = 0;
  while (start < joined.size()) {
    size_t end = joined.find('/', start);
    if (end == std::string::npos) end = joined.size();
    std::string_view part = std::string_view(joined).substr(start, end - start);
    if (part == "..") {
      size_t slash = result.rfind('/');
      result.resize(slash == std::string::npos ? 0 : slash);
    } else if (!part.empty() && part != ".") {
      absl::StrAppend(&result, "/", part);
    }
    start = end + 1;
  }
  return result.empty() ? "/" : result;
}

// Follows an absolute path component by component, for the answers and errors that realpath(3) does
// not give.
absl::StatusOr<std::string> Walk(std::string path) {
  size_t done = 0;  // path[0, done) has no links
  while (done < path.size()) {
    size_t end = path.find('/', done + 1);
    if (end == std::string::npos) end = path.size();
    std::string base = path.substr(0, end);
    absl::StatusOr<StatResult> entry = Lstat(base, true);
    if (!entry.ok()) return entry.status();
    if (!S_ISLNK(entry->stat.st_mode)) {
      done = end;
      continue;
    }
    absl::StatusOr<StatResult> target = Stat(base, true);
    if (!target.ok()) return target.status();
    absl::StatusOr<std::string> link = Readlink(base);
    if (!link.ok()) return link.status();
    std::string followed = Normalize(path.substr(0, done), *link);
    // /proc/self/fd/0 links to a name that is in no directory when it is a pipe or a socket.
    const auto mode = target->stat.st_mode;
    if (S_ISFIFO(mode) || S_ISSOCK(mode)) return followed;
    path = Normalize(followed, std::string_view(path).substr(std::min(end + 1, path.size())));
    done = 0;
  }
  return path;
}

std::string Child(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : absl::StrCat(directory, "/", name);
}

bool IsGone(int error) { return error == UV_ENOENT; }

absl::StatusOr<bool> IsDirectory(const std::string& path, uv_dirent_type_t type) {
  if (type != UV_DIRENT_UNKNOWN) return type == UV_DIRENT_DIR;
  absl::StatusOr<StatResult> entry = Lstat(path, /*throw_if_no_entry=*/false);
  if (!entry.ok()) return entry.status();
  return entry->found && S_ISDIR(entry->stat.st_mode);
}

absl::Status UnlinkIfThere(const std::string& path) {
  UvCall call;
  int error = uv_fs_unlink(nullptr, call.req(), path.c_str(), nullptr);
  return IsGone(error) ? absl::OkStatus() : call.Check("unlink", error, path);
}

absl::Status RmdirIfThere(const std::string& path) {
  UvCall call;
  int error = uv_fs_rmdir(nullptr, call.req(), path.c_str(), nullptr);
  return IsGone(error) ? absl::OkStatus() : call.Check("rmdir", error, path);
}

}  // namespace

absl::StatusOr<std::optional<std::string>> Mkdir(std::string path, int32_t mode, bool recursive) {
  if (recursive) return MakeDirectories(path, mode);
  int error = MakeDirectory(path, mode);
  if (error < 0) return SystemError(error, "mkdir", path);
  return std::optional<std::string>();
}

absl::StatusOr<std::vector<DirectoryEntry>> Readdir(std::string path) {
  UvCall call;
  int error = uv_fs_scandir(nullptr, call.req(), path.c_str(), 0, nullptr);
  if (error < 0) return SystemError(error, "scandir", path);
  std::vector<DirectoryEntry> entries;
  entries.reserve(error);
  uv_dirent_t entry;
  while (uv_fs_scandir_next(call.req(), &entry) != UV_EOF) {
    entries.push_back({entry.name, entry.type});
  }
  return entries;
}

absl::StatusOr<std::string> Realpath(std::string path) {
  UvCall call;
  if (uv_fs_realpath(nullptr, call.req(), path.c_str(), nullptr) >= 0) {
    return std::string(static_cast<const char*>(call.req()->ptr));
  }
  return Walk(std::move(path));
}

absl::Status RemoveTree(std::string path) {
  absl::StatusOr<bool> is_directory = IsDirectory(path, UV_DIRENT_UNKNOWN);
  if (!is_directory.ok()) return is_directory.status();
  if (!*is_directory) return UnlinkIfThere(path);
  // Parents come before their children in `directories`, so it is emptied from its end.
  std::vector<std::string> directories = {std::move(path)};
  for (size_t i = 0; i < directories.size(); i++) {
    absl::StatusOr<std::vector<DirectoryEntry>> entries = Readdir(directories[i]);
    if (!entries.ok()) return entries.status();
    for (const DirectoryEntry& entry : *entries) {
      std::string child = Child(directories[i], entry.name);
      absl::StatusOr<bool> descend = IsDirectory(child, entry.type);
      if (!descend.ok()) return descend.status();
      if (*descend) {
        directories.push_back(std::move(child));
      } else if (absl::Status removed = UnlinkIfThere(child); !removed.ok()) {
        return removed;
      }
    }
  }
  for (; !directories.empty(); directories.pop_back()) {
    if (absl::Status removed = RmdirIfThere(directories.back()); !removed.ok()) return removed;
  }
  return absl::OkStatus();
}

OpenDirectory::~OpenDirectory() { Close().IgnoreError(); }

absl::StatusOr<std::vector<DirectoryEntry>> OpenDirectory::Read(int32_t count) {
  if (dir_ == nullptr) return SystemError(UV_EBADF, "scandir");
  std::vector<uv_dirent_t> found(count);
  dir_->dirents = found.data();
  dir_->nentries = found.size();
  UvCall call;
  int got = uv_fs_readdir(nullptr, call.req(), dir_, nullptr);
  if (got < 0) return SystemError(got, "scandir");
  std::vector<DirectoryEntry> entries;
  entries.reserve(got);
  for (int i = 0; i < got; i++) entries.push_back({found[i].name, found[i].type});
  return entries;
}

absl::Status OpenDirectory::Close() {
  if (dir_ == nullptr) return absl::OkStatus();
  UvCall call;
  return call.Check("closedir",
                    uv_fs_closedir(nullptr, call.req(), std::exchange(dir_, nullptr), nullptr));
}

absl::StatusOr<std::shared_ptr<OpenDirectory>> Opendir(std::string path) {
  UvCall call;
  int error = uv_fs_opendir(nullptr, call.req(), path.c_str(), nullptr);
  if (error < 0) return SystemError(error, "opendir", path);
  return std::make_shared<OpenDirectory>(static_cast<uv_dir_t*>(call.req()->ptr));
}

absl::StatusOr<std::vector<DirectoryEntry>> ReadDirectory(std::shared_ptr<OpenDirectory> directory,
                                                          int32_t count) {
  return directory->Read(count);
}

absl::Status CloseDirectory(std::shared_ptr<OpenDirectory> directory) { return directory->Close(); }

}  // namespace gyre::fs
