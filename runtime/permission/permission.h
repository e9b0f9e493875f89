// The permission model: https://nodejs.org/api/permissions.html. What --permission or
// --permission-audit leaves to a thread, asked at the few places where it leaves the process: the
// table of fs calls (runtime/fs/binding.cc), the module loaders, and in JavaScript
// internal/permission's check() for child processes, workers, addons and reports.

#ifndef GYRE_PERMISSION_PERMISSION_H_
#define GYRE_PERMISSION_PERMISSION_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/engine/environment.h"
#include "runtime/permission/path_grants.h"

namespace gyre {

enum class Scope : uint8_t {
  kFileSystem,  // reading and writing
  kFileSystemRead,
  kFileSystemWrite,
  kAddon,
  kChildProcess,
  kInspector,
  kOpenSslStore,
  kWasi,
  kWorkerThreads,
};

// State of an environment. Threads have the options of the process, and lose on their own.
class Permission {
 public:
  explicit Permission(Environment& env);

  // False without --permission and --permission-audit: everything is allowed then.
  bool enabled() const { return enabled_; }

  // OK, or ERR_ACCESS_DENIED with the properties `permission` and `resource`. Each denial is told
  // to the diagnostics channel of the scope, and is no more than that in an audit.
  absl::Status Check(Scope scope, std::string_view resource);

  // For what the model does not allow at all: the error, its properties empty; OK in an audit.
  absl::Status Refuse(std::string_view message) const;

  // What Check() would say, without telling anybody: for where no JavaScript may run.
  bool Permits(Scope scope, std::string_view resource) const {
    return audit_ || Allows(scope, resource);
  }

  // The answer of process.permission.has(); without a resource whether the scope is granted whole.
  bool Has(Scope scope, std::optional<std::string_view> resource);

  void Drop(Scope scope, std::optional<std::string_view> resource);

  // For what the command line itself names: the program and what is loaded before it.
  void GrantRead(std::string_view file);

 private:
  bool Allows(Scope scope, std::optional<std::string_view> resource) const;
  void Tell(Scope scope, std::string_view resource, bool dropped);
  PathGrants* GrantsOf(Scope scope);

  Environment& env_;
  bool enabled_ = false;
  bool audit_ = false;
  PathGrants read_;
  PathGrants write_;
  std::array<bool, 9> granted_{};  // by scope, those of the file system aside
};

}  // namespace gyre

#endif  // GYRE_PERMISSION_PERMISSION_H_
