#ifndef GYRE_MODULES_SOURCE_FILES_H_
#define GYRE_MODULES_SOURCE_FILES_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// The file system as the module loaders see it, with as few system calls per module as there can
// be: for a file that is asked for by its full name these are lstat, open, read, close.
class SourceFiles {
 public:
  explicit SourceFiles(Environment&) {}

  // 0 for a file, 1 for a folder, a negative errno when there is nothing.
  int Stat(const std::string& path);

  // The path with symbolic links resolved. What a folder's path resolves to is remembered for the
  // process's life.
  absl::StatusOr<std::string> RealPath(const std::string& path);

 private:
  absl::StatusOr<std::string> RealFolder(const std::string& folder);

  absl::flat_hash_map<std::string, std::string> real_folders_;
  std::string last_plain_;  // the last path that Stat() found to be no symbolic link
};

// The bytes of a file.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// What is left to read of a file descriptor.
absl::StatusOr<std::string> ReadToEnd(int fd);

// UTF-8 text as a JavaScript string, which takes over the bytes where it can.
absl::StatusOr<v8::Local<v8::String>> SourceString(Environment& env, std::string utf8);

}  // namespace gyre

#endif  // GYRE_MODULES_SOURCE_FILES_H_
