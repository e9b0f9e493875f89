#include "runtime/fs/binding.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "runtime/fs/async_call.h"
#include "runtime/fs/calls.h"
#include "runtime/fs/directory_handle.h"
#include "runtime/fs/path_access.h"
#include "runtime/fs/stat_buffers.h"
#include "runtime/fs/watchers.h"
#include "runtime/glue/convert.h"
#include "uv.h"

namespace gyre {
namespace {

using fs::DirectoryEntry;
using fs::FileContents;
using fs::StatBuffers;
using fs::StatResult;
using Value = absl::StatusOr<v8::Local<v8::Value>>;

v8::Local<v8::Uint8Array> ToBytes(Environment& env, const std::string& text) {
  return CopyToUint8Array(env,
                          std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

// The figures go to the shared arrays; the value only says whether the entry was there.
struct StatToBuffers {
  Value operator()(Environment& env, StatResult& result) const {
    if (result.found) env.State<StatBuffers>().Fill(result.stat);
    return ToV8(env, result.found);
  }
  Value operator()(Environment& env, struct statfs& result) const {
    env.State<StatBuffers>().Fill(result);
    return ToV8(env, true);
  }
};

// A name as a Uint8Array, for every encoding but UTF-8.
struct AsBytes {
  Value operator()(Environment& env, std::string& text) const { return ToBytes(env, text); }
  Value operator()(Environment& env, std::optional<std::string>& text) const {
    if (!text) return v8::Local<v8::Value>(v8::Undefined(env.isolate()));
    return ToBytes(env, *text);
  }
};

// [names, types]
template <bool kBytes>
struct Entries {
  Value operator()(Environment& env, std::vector<DirectoryEntry>& entries) const {
    std::vector<v8::Local<v8::Value>> names;
    std::vector<v8::Local<v8::Value>> types;
    names.reserve(entries.size());
    types.reserve(entries.size());
    for (const DirectoryEntry& entry : entries) {
      if constexpr (kBytes) {
        names.push_back(ToBytes(env, entry.name));
      } else {
        names.push_back(ToV8(env, entry.name));
      }
      types.push_back(v8::Integer::New(env.isolate(), entry.type));
    }
    v8::Local<v8::Value> pair[] = {v8::Array::New(env.isolate(), names.data(), names.size()),
                                   v8::Array::New(env.isolate(), types.data(), types.size())};
    return v8::Local<v8::Value>(v8::Array::New(env.isolate(), pair, 2));
  }
};

// The file's memory itself becomes an ArrayBuffer.
struct AsArrayBuffer {
  Value operator()(Environment& env, FileContents& contents) const {
    const size_t size = contents.size();
    if (size == 0) return v8::Local<v8::Value>(v8::ArrayBuffer::New(env.isolate(), 0));
    std::unique_ptr<v8::BackingStore> store = v8::ArrayBuffer::NewBackingStore(
        contents.Release(), size, [](void* data, size_t, void*) { free(data); }, nullptr);
    return v8::Local<v8::Value>(v8::ArrayBuffer::New(env.isolate(), std::move(store)));
  }
};

struct AsUtf8String {
  Value operator()(Environment& env, FileContents& contents) const {
    v8::Local<v8::String> text;
    if (contents.size() <= static_cast<size_t>(v8::String::kMaxLength) &&
        v8::String::NewFromUtf8(env.isolate(), reinterpret_cast<const char*>(contents.data()),
                                v8::NewStringType::kNormal, static_cast<int>(contents.size()))
            .ToLocal(&text)) {
      return v8::Local<v8::Value>(text);
    }
    return NodeError(absl::StatusCode::kInternal, "ERR_STRING_TOO_LONG",
                     "Cannot create a string longer than 0x1fffffe8 characters");
  }
};

struct AsDirectoryHandle {
  Value operator()(Environment& env, std::shared_ptr<fs::OpenDirectory>& directory) const {
    return fs::DirectoryHandle::Make(env, std::move(directory));
  }
};

absl::StatusOr<bool> Exists(Environment& env, const std::string& path) {
  if (absl::Status access = fs::CheckRead(env, path); !access.ok()) return access;
  return fs::ModuleStat(path) >= 0;
}

int32_t InternalModuleStat(std::string path) { return fs::ModuleStat(path); }

v8::Local<v8::Array> StatArrays(Environment& env) { return env.State<StatBuffers>().arrays(env); }

void SleepMs(uint32_t milliseconds) { uv_sleep(milliseconds); }

template <auto Fn, class Access, class Convert = DefaultResult, auto TryNow = nullptr>
void Add(BindingBuilder& b, const char* name) {
  b.Function<AsyncCall<Fn, Access, Convert, TryNow>::Invoke>(name);
}

void AddFileCalls(BindingBuilder& b) {
  Add<fs::Access, fs::Reads>(b, "access");
  Add<fs::Chmod, fs::ThrowsDenied<fs::Writes>>(b, "chmod");
  Add<fs::Chown, fs::Writes>(b, "chown");
  Add<fs::Close, fs::NoAccess>(b, "close");
  Add<fs::CopyFile, fs::Copies>(b, "copyFile");
  Add<fs::Fchmod, fs::ChangesDescriptor<"fchmod">>(b, "fchmod");
  Add<fs::Fchown, fs::ChangesDescriptor<"fchown">>(b, "fchown");
  Add<fs::Fdatasync, fs::ChangesDescriptor<"fdatasync">>(b, "fdatasync");
  Add<fs::Fsync, fs::ChangesDescriptor<"fsync">>(b, "fsync");
  Add<fs::Ftruncate, fs::NoAccess>(b, "ftruncate");
  Add<fs::Futimes, fs::ChangesDescriptor<"futimes">>(b, "futimes");
  Add<fs::Lchown, fs::Writes>(b, "lchown");
  Add<fs::Link, fs::Renames>(b, "link");
  Add<fs::Lutimes, fs::ThrowsDenied<fs::Writes>>(b, "lutimes");
  Add<fs::Open, fs::Opens>(b, "open");
  Add<fs::Rename, fs::Renames>(b, "rename");
  Add<fs::Symlink, fs::Links>(b, "symlink");
  Add<fs::Unlink, fs::Writes>(b, "unlink");
  Add<fs::Utimes, fs::ThrowsDenied<fs::Writes>>(b, "utimes");
  Add<fs::Readlink, fs::ThrowsDenied<fs::Reads>>(b, "readlink");
  Add<fs::Readlink, fs::ThrowsDenied<fs::Reads>, AsBytes>(b, "readlinkBytes");
  Add<fs::Realpath, fs::NoAccess>(b, "realpath");
  Add<fs::Realpath, fs::NoAccess, AsBytes>(b, "realpathBytes");
  Add<fs::RealpathNative, fs::Reads>(b, "realpathNative");
  Add<fs::RealpathNative, fs::Reads, AsBytes>(b, "realpathNativeBytes");
}

void AddDataCalls(BindingBuilder& b) {
  Add<fs::Read, fs::NoAccess>(b, "read");
  Add<fs::ReadBuffers, fs::NoAccess>(b, "readBuffers");
  Add<fs::Write, fs::NoAccess>(b, "write");
  Add<fs::WriteBuffers, fs::NoAccess>(b, "writeBuffers");
  Add<fs::WriteString, fs::NoAccess>(b, "writeString");
  Add<fs::ReadFile, fs::ReadsWhole, AsArrayBuffer, fs::ReadFileInMemory>(b, "readFile");
  Add<fs::ReadFile, fs::ReadsWhole, AsUtf8String, fs::ReadFileInMemory>(b, "readFileUtf8");
  Add<fs::WriteFile, fs::WritesWhole>(b, "writeFile");
}

void AddStatCalls(BindingBuilder& b) {
  Add<fs::Stat, fs::Reads, StatToBuffers>(b, "stat");
  Add<fs::Lstat, fs::Reads, StatToBuffers>(b, "lstat");
  Add<fs::Fstat, fs::NoAccess, StatToBuffers>(b, "fstat");
  Add<fs::Statfs, fs::Reads, StatToBuffers>(b, "statfs");
  b.Function<StatArrays>("statArrays");
  b.Function<Exists>("exists");
  b.Function<InternalModuleStat>("internalModuleStat");
}

void AddDirectoryCalls(BindingBuilder& b) {
  Add<fs::Mkdir, fs::ThrowsDenied<fs::Writes>>(b, "mkdir");
  Add<fs::Mkdtemp, fs::MakesTemporary>(b, "mkdtemp");
  Add<fs::Mkdtemp, fs::MakesTemporary, AsBytes>(b, "mkdtempBytes");
  Add<fs::Readdir, fs::Reads, Entries<false>>(b, "readdir");
  Add<fs::Readdir, fs::Reads, Entries<true>>(b, "readdirBytes");
  Add<fs::RemoveTree, fs::Writes>(b, "removeTree");
  Add<fs::Rmdir, fs::ThrowsDenied<fs::Writes>>(b, "rmdir");
  b.Class<fs::DirectoryHandle>("DirectoryHandle").Constructor<>();
  Add<fs::Opendir, fs::Reads, AsDirectoryHandle>(b, "opendir");
  Add<fs::ReadDirectory, fs::NoAccess, Entries<false>>(b, "readDirectory");
  Add<fs::ReadDirectory, fs::NoAccess, Entries<true>>(b, "readDirectoryBytes");
  Add<fs::CloseDirectory, fs::NoAccess>(b, "closeDirectory");
  b.Function<SleepMs>("sleep");
}

void AddWatchers(BindingBuilder& b) {
  b.Class<fs::FsEvent>("FSEvent").Constructor<>().Inherits<Handle>().Method<&fs::FsEvent::Start>(
      "start");
  b.Class<fs::StatWatcher>("StatWatcher")
      .Constructor<>()
      .Inherits<Handle>()
      .Method<&fs::StatWatcher::Start>("start");
}

void AddOpenFlags(BindingBuilder& c) {
  c.Constant("UV_FS_SYMLINK_DIR", UV_FS_SYMLINK_DIR);
  c.Constant("UV_FS_SYMLINK_JUNCTION", UV_FS_SYMLINK_JUNCTION);
  c.Constant("O_RDONLY", O_RDONLY);
  c.Constant("O_WRONLY", O_WRONLY);
  c.Constant("O_RDWR", O_RDWR);
  c.Constant("UV_DIRENT_UNKNOWN", int{UV_DIRENT_UNKNOWN});
  c.Constant("UV_DIRENT_FILE", int{UV_DIRENT_FILE});
  c.Constant("UV_DIRENT_DIR", int{UV_DIRENT_DIR});
  c.Constant("UV_DIRENT_LINK", int{UV_DIRENT_LINK});
  c.Constant("UV_DIRENT_FIFO", int{UV_DIRENT_FIFO});
  c.Constant("UV_DIRENT_SOCKET", int{UV_DIRENT_SOCKET});
  c.Constant("UV_DIRENT_CHAR", int{UV_DIRENT_CHAR});
  c.Constant("UV_DIRENT_BLOCK", int{UV_DIRENT_BLOCK});
  c.Constant("S_IFMT", S_IFMT);
  c.Constant("S_IFREG", S_IFREG);
  c.Constant("S_IFDIR", S_IFDIR);
  c.Constant("S_IFCHR", S_IFCHR);
  c.Constant("S_IFBLK", S_IFBLK);
  c.Constant("S_IFIFO", S_IFIFO);
  c.Constant("S_IFLNK", S_IFLNK);
  c.Constant("S_IFSOCK", S_IFSOCK);
  c.Constant("O_CREAT", O_CREAT);
  c.Constant("O_EXCL", O_EXCL);
  c.Constant("UV_FS_O_FILEMAP", UV_FS_O_FILEMAP);
  // Windows' hints; no-ops here, present because portable programs name them.
  c.Constant("UV_FS_O_TEMPORARY", 0);
  c.Constant("UV_FS_O_SHORT_LIVED", 0);
  c.Constant("UV_FS_O_SEQUENTIAL", 0);
  c.Constant("UV_FS_O_RANDOM", 0);
  c.Constant("O_NOCTTY", O_NOCTTY);
  c.Constant("O_TRUNC", O_TRUNC);
  c.Constant("O_APPEND", O_APPEND);
  c.Constant("O_DIRECTORY", O_DIRECTORY);
  c.Constant("O_NOATIME", O_NOATIME);
  c.Constant("O_NOFOLLOW", O_NOFOLLOW);
  c.Constant("O_SYNC", O_SYNC);
  c.Constant("O_DSYNC", O_DSYNC);
  c.Constant("O_DIRECT", O_DIRECT);
  c.Constant("O_NONBLOCK", O_NONBLOCK);
}

void AddModes(BindingBuilder& c) {
  c.Constant("S_IRWXU", S_IRWXU);
  c.Constant("S_IRUSR", S_IRUSR);
  c.Constant("S_IWUSR", S_IWUSR);
  c.Constant("S_IXUSR", S_IXUSR);
  c.Constant("S_IRWXG", S_IRWXG);
  c.Constant("S_IRGRP", S_IRGRP);
  c.Constant("S_IWGRP", S_IWGRP);
  c.Constant("S_IXGRP", S_IXGRP);
  c.Constant("S_IRWXO", S_IRWXO);
  c.Constant("S_IROTH", S_IROTH);
  c.Constant("S_IWOTH", S_IWOTH);
  c.Constant("S_IXOTH", S_IXOTH);
  c.Constant("F_OK", F_OK);
  c.Constant("R_OK", R_OK);
  c.Constant("W_OK", W_OK);
  c.Constant("X_OK", X_OK);
  c.Constant("UV_FS_COPYFILE_EXCL", UV_FS_COPYFILE_EXCL);
  c.Constant("COPYFILE_EXCL", UV_FS_COPYFILE_EXCL);
  c.Constant("UV_FS_COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE);
  c.Constant("COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE);
  c.Constant("UV_FS_COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE);
  c.Constant("COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE);
}

}  // namespace

void InitFs(BindingBuilder& b) {
  AddFileCalls(b);
  AddDataCalls(b);
  AddStatCalls(b);
  AddDirectoryCalls(b);
  AddWatchers(b);
  b.Object("constants", [](BindingBuilder& c) {
    AddOpenFlags(c);
    AddModes(c);
  });
}

}  // namespace gyre
