// What the calls of the fs binding need of the permission model, each named in the table of calls
// (binding.cc). Check(env, arguments...) is OK at once where the model is off.

#ifndef GYRE_FS_PATH_ACCESS_H_
#define GYRE_FS_PATH_ACCESS_H_

#include <fcntl.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/permission/permission.h"

namespace gyre::fs {

// What was opened before may be used, and what is asked for is no path.
struct NoAccess {
  static absl::Status Check(Environment&, const auto&...) { return absl::OkStatus(); }
};

inline absl::Status CheckRead(Environment& env, const std::string& path) {
  return env.State<Permission>().Check(Scope::kFileSystemRead, path);
}

inline absl::Status CheckWrite(Environment& env, const std::string& path) {
  return env.State<Permission>().Check(Scope::kFileSystemWrite, path);
}

struct Reads {
  static absl::Status Check(Environment& env, const std::string& path, const auto&...) {
    return CheckRead(env, path);
  }
};

struct Writes {
  static absl::Status Check(Environment& env, const std::string& path, const auto&...) {
    return CheckWrite(env, path);
  }
};

// What is denied by Node with an exception even where there is a callback.
template <class Access>
struct ThrowsDenied : Access {
  static constexpr bool kThrowsDenied = true;
};

struct Copies {
  static absl::Status Check(Environment& env, const std::string& from, const std::string& to,
                            const auto&...) {
    if (absl::Status status = CheckRead(env, from); !status.ok()) return status;
    return CheckWrite(env, to);
  }
};

// The entry gets another name: what could be done by the new name must be granted for the old one.
struct Renames {
  static absl::Status Check(Environment& env, const std::string& from, const std::string& to) {
    if (absl::Status status = CheckRead(env, from); !status.ok()) return status;
    if (absl::Status status = CheckWrite(env, from); !status.ok()) return status;
    return CheckWrite(env, to);
  }
};

struct MakesTemporary {
  static absl::Status Check(Environment& env, const std::string& prefix) {
    return CheckWrite(env, absl::StrCat(prefix, "XXXXXX"));
  }
};

inline absl::Status CheckOpen(Environment& env, const std::string& path, int32_t flags) {
  if ((flags & O_ACCMODE) != O_WRONLY) {
    if (absl::Status status = CheckRead(env, path); !status.ok()) return status;
  }
  const bool writes =
      (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC | O_APPEND)) != 0;
  return writes ? CheckWrite(env, path) : absl::OkStatus();
}

struct Opens {
  static absl::Status Check(Environment& env, const std::string& path, int32_t flags,
                            const auto&...) {
    return CheckOpen(env, path, flags);
  }
};

// Of a path, or of a descriptor that is open already.
struct ReadsWhole {
  static absl::Status Check(Environment& env, const std::string& path, int32_t fd, int32_t flags) {
    return fd < 0 ? CheckOpen(env, path, flags) : absl::OkStatus();
  }
};

struct WritesWhole {
  static absl::Status Check(Environment& env, const std::string& path, int32_t fd, const auto&,
                            int32_t flags, const auto&...) {
    return fd < 0 ? CheckOpen(env, path, flags) : absl::OkStatus();
  }
};

// Links lead out of what is granted, so all must be.
struct Links {
  static absl::Status Check(Environment& env, const auto&...) {
    auto& permission = env.State<Permission>();
    if (permission.Has(Scope::kFileSystemRead, std::nullopt) &&
        permission.Has(Scope::kFileSystemWrite, std::nullopt)) {
      return absl::OkStatus();
    }
    return permission.Refuse("fs.symlink API requires full fs.read and fs.write permissions.");
  }
};

template <size_t kSize>
struct ApiName {
  constexpr ApiName(const char (&name)[kSize]) { std::copy_n(name, kSize, text); }
  char text[kSize];
};

// Changes what a descriptor stands for, whose path nobody knows any more.
template <ApiName kName>
struct ChangesDescriptor {
  static absl::Status Check(Environment& env, const auto&...) {
    auto& permission = env.State<Permission>();
    if (!permission.enabled()) return absl::OkStatus();
    return permission.Refuse(
        absl::StrCat(kName.text, " API is disabled when Permission Model is enabled."));
  }
};

}  // namespace gyre::fs

#endif  // GYRE_FS_PATH_ACCESS_H_
