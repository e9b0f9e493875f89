#include "runtime/modules/source_files.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/external_string.h"
#include "runtime/glue/system_error.h"
#include "simdutf.h"

namespace gyre {
namespace {

// Below this, an external string costs more than the copy it saves.
constexpr size_t kExternalThreshold = 1024;

constexpr size_t kFirstRead = 32 * 1024;

ssize_t ReadRetrying(int fd, char* to, size_t size) {
  ssize_t n;
  do {
    n = read(fd, to, size);
  } while (n < 0 && errno == EINTR);
  return n;
}

absl::Status TooLong() {
  return NodeError(absl::StatusCode::kUnknown, "ERR_STRING_TOO_LONG",
                   absl::StrCat("Cannot create a string longer than 0x",
                                absl::Hex(v8::String::kMaxLength), " characters"));
}

// A string over bytes that were handed to V8, or the error of one that is too long.
absl::StatusOr<v8::Local<v8::String>> Made(v8::MaybeLocal<v8::String> string) {
  v8::Local<v8::String> result;
  if (!string.ToLocal(&result)) return TooLong();
  return result;
}

}  // namespace

int SourceFiles::Stat(const std::string& path) {
  struct stat st;
  if (lstat(path.c_str(), &st) != 0) return -errno;
  if (S_ISLNK(st.st_mode)) {
    if (stat(path.c_str(), &st) != 0) return -errno;
  } else {
    last_plain_ = path;
  }
  return S_ISDIR(st.st_mode) ? 1 : 0;
}

absl::StatusOr<std::string> SourceFiles::RealFolder(const std::string& folder) {
  auto known = real_folders_.find(folder);
  if (known != real_folders_.end()) return known->second;
  std::unique_ptr<char, void (*)(void*)> real(realpath(folder.c_str(), nullptr), free);
  if (real == nullptr) return SystemError(-errno, "lstat", folder);
  return real_folders_[folder] = real.get();
}

absl::StatusOr<std::string> SourceFiles::RealPath(const std::string& path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash + 1 == path.size()) return RealFolder(path);
  if (path != last_plain_) {
    struct stat st;
    if (lstat(path.c_str(), &st) != 0) return SystemError(-errno, "lstat", path);
    if (S_ISLNK(st.st_mode)) {
      std::unique_ptr<char, void (*)(void*)> real(realpath(path.c_str(), nullptr), free);
      if (real == nullptr) return SystemError(-errno, "lstat", path);
      return std::string(real.get());
    }
  }
  absl::StatusOr<std::string> folder = RealFolder(slash == 0 ? "/" : path.substr(0, slash));
  if (!folder.ok()) return folder;
  return absl::StrCat(*folder == "/" ? "" : *folder, path.substr(slash));
}

absl::StatusOr<std::string> ReadToEnd(int fd) {
  char first[kFirstRead];
  ssize_t n = ReadRetrying(fd, first, sizeof(first));
  if (n < 0) return SystemError(-errno, "read");
  std::string text(first, n);
  if (n == 0) return text;
  struct stat st;
  if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
    // A regular file gives less than was asked for only at its end.
    if (static_cast<size_t>(n) < sizeof(first)) return text;
    if (static_cast<size_t>(st.st_size) > text.size()) text.reserve(st.st_size + 1);
  }
  while (n > 0) {
    size_t have = text.size();
    text.resize(std::max(text.capacity(), have + kFirstRead));
    n = ReadRetrying(fd, text.data() + have, text.size() - have);
    if (n < 0) return SystemError(-errno, "read");
    text.resize(have + n);
  }
  return text;
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return SystemError(-errno, "open", path);
  absl::StatusOr<std::string> text = ReadToEnd(fd);
  close(fd);
  return text;
}

absl::StatusOr<v8::Local<v8::String>> SourceString(Environment& env, std::string utf8) {
  v8::Isolate* isolate = env.isolate();
  const char* data = utf8.data();
  const size_t size = utf8.size();
  // What is longer in UTF-8 may still fit: a character takes up to three bytes there.
  if (size > size_t{3} * v8::String::kMaxLength) return TooLong();
  const int int_size = static_cast<int>(size);
  if (simdutf::validate_ascii(data, size)) {
    if (size > size_t{v8::String::kMaxLength}) return TooLong();
    if (size >= kExternalThreshold) return Made(ExternalOneByteString(env, std::move(utf8)));
    return Made(v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(data),
                                           v8::NewStringType::kNormal, int_size));
  }
  if (size < kExternalThreshold || !simdutf::validate_utf8(data, size)) {
    return Made(v8::String::NewFromUtf8(isolate, data, v8::NewStringType::kNormal, int_size));
  }
  std::string latin1(size, '\0');
  size_t length = simdutf::convert_utf8_to_latin1(data, size, latin1.data());
  if (length > 0) {
    latin1.resize(length);
    return Made(ExternalOneByteString(env, std::move(latin1)));
  }
  std::u16string utf16(simdutf::utf16_length_from_utf8(data, size), u'\0');
  utf16.resize(simdutf::convert_valid_utf8_to_utf16le(data, size, utf16.data()));
  if (utf16.size() > size_t{v8::String::kMaxLength}) return TooLong();
  return Made(ExternalTwoByteString(env, std::move(utf16)));
}

}  // namespace gyre
