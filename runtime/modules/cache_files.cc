#include "runtime/modules/cache_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "runtime/modules/content_hash.h"

namespace gyre {
namespace {

constexpr uint64_t kFormat = 1;

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(n);
  }
  return true;
}

}  // namespace

uint64_t HashOf(v8::Isolate* isolate, v8::Local<v8::String> string, uint64_t seed) {
  v8::String::ValueView view(isolate, string);
  if (view.is_one_byte()) {
    return ContentHash({reinterpret_cast<const char*>(view.data8()), view.length()}, seed);
  }
  return ContentHash({reinterpret_cast<const char*>(view.data16()), view.length() * size_t{2}},
                     seed + 1);
}

uint64_t CodeVersionTag() {
  return ContentHash(absl::StrCat(v8::V8::GetVersion(), "|", kFormat),
                     v8::ScriptCompiler::CachedDataVersionTag());
}

int MakeFolders(const std::string& folder) {
  for (size_t slash = folder.find('/', 1); slash != std::string::npos;
       slash = folder.find('/', slash + 1)) {
    mkdir(folder.substr(0, slash).c_str(), 0700);
  }
  return mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST ? 0 : errno;
}

int ReplaceFile(const std::string& path, std::string_view contents) {
  std::string temporary = absl::StrCat(path, ".XXXXXX");
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return errno;
  bool written = WriteAll(fd, contents);
  written = close(fd) == 0 && written;
  if (written && rename(temporary.c_str(), path.c_str()) == 0) return 0;
  const int error = errno;
  unlink(temporary.c_str());
  return error != 0 ? error : EIO;
}

}  // namespace gyre
