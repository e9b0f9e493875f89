#ifndef GYRE_FS_DIRECTORY_HANDLE_H_
#define GYRE_FS_DIRECTORY_HANDLE_H_

#include <memory>
#include <utility>

#include "absl/log/check.h"
#include "absl/status/statusor.h"
#include "runtime/fs/calls.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/wrapped.h"

namespace gyre {
namespace fs {

// What fs.Dir holds. Owned by the garbage collector; the open directory itself is shared with the
// work in flight on it, and is closed when the last of them goes unless it was before.
class DirectoryHandle final : public Collected {
 public:
  DirectoryHandle(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {}

  static absl::StatusOr<v8::Local<v8::Value>> Make(Environment& env,
                                                   std::shared_ptr<OpenDirectory> directory) {
    v8::Local<v8::Object> object = NewWrapped(env, "DirectoryHandle").ToLocalChecked();
    Unwrap<DirectoryHandle>(object)->directory_ = std::move(directory);
    return v8::Local<v8::Value>(object);
  }

  const std::shared_ptr<OpenDirectory>& directory() const { return directory_; }

 private:
  std::shared_ptr<OpenDirectory> directory_;
};

}  // namespace fs

template <>
struct FromV8Converter<std::shared_ptr<fs::OpenDirectory>> {
  static std::shared_ptr<fs::OpenDirectory> From(Environment&, v8::Local<v8::Value> value) {
    auto* handle = Unwrap<fs::DirectoryHandle>(value);
    CHECK(handle != nullptr);
    return handle->directory();
  }
};

}  // namespace gyre

#endif  // GYRE_FS_DIRECTORY_HANDLE_H_
