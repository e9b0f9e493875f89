#include "runtime/permission/permission.h"

#include <unistd.h>

#include <climits>

#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/error_properties.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

struct ScopeNames {
  const char* name;  // in errors and messages
  const char* option;
};

// By scope.
constexpr ScopeNames kNames[] = {
    {"FileSystem", ""},
    {"FileSystemRead", "--allow-fs-read"},
    {"FileSystemWrite", "--allow-fs-write"},
    {"Addon", "--allow-addons"},
    {"ChildProcess", "--allow-child-process"},
    {"Inspector", "--allow-inspector"},
    {"OpenSSLStore", "--allow-openssl-store"},
    {"WASI", "--allow-wasi"},
    {"WorkerThreads", "--allow-worker"},
};

const ScopeNames& NamesOf(Scope scope) { return kNames[static_cast<size_t>(scope)]; }

std::string WorkingFolder() {
  char folder[PATH_MAX];
  return getcwd(folder, sizeof(folder)) == nullptr ? "/" : folder;
}

absl::Status AccessDenied(std::string_view message, std::string_view permission,
                          std::string_view resource) {
  absl::Status status =
      NodeError(absl::StatusCode::kPermissionDenied, "ERR_ACCESS_DENIED", message);
  SetErrorProperties({{"permission", permission}, {"resource", resource}}, &status);
  return status;
}

}  // namespace

Permission::Permission(Environment& env) : env_(env) {
  const Options& options = env.options();
  audit_ = options.GetBool("--permission-audit") && !options.GetBool("--permission");
  enabled_ = audit_ || options.GetBool("--permission");
  if (!enabled_) return;
  const std::string folder = WorkingFolder();
  for (const std::string& value : options.GetList("--allow-fs-read")) read_.Grant(folder, value);
  for (const std::string& value : options.GetList("--allow-fs-write")) write_.Grant(folder, value);
  for (Scope scope : {Scope::kAddon, Scope::kChildProcess, Scope::kInspector, Scope::kOpenSslStore,
                      Scope::kWasi, Scope::kWorkerThreads}) {
    granted_[static_cast<size_t>(scope)] = options.GetBool(NamesOf(scope).option);
  }
}

PathGrants* Permission::GrantsOf(Scope scope) {
  if (scope == Scope::kFileSystemRead) return &read_;
  if (scope == Scope::kFileSystemWrite) return &write_;
  return nullptr;
}

bool Permission::Allows(Scope scope, std::optional<std::string_view> resource) const {
  if (!enabled_) return true;
  if (scope == Scope::kFileSystem) {
    return Allows(Scope::kFileSystemRead, resource) && Allows(Scope::kFileSystemWrite, resource);
  }
  const PathGrants* grants = const_cast<Permission*>(this)->GrantsOf(scope);
  if (grants == nullptr) return granted_[static_cast<size_t>(scope)];
  if (grants->all()) return true;
  return resource && !resource->empty() &&
         grants->Allows(AbsolutePath(resource->starts_with('/') ? "" : WorkingFolder(), *resource));
}

bool Permission::Has(Scope scope, std::optional<std::string_view> resource) {
  if (Allows(scope, resource)) return true;
  Tell(scope, resource.value_or(""), /*dropped=*/false);
  return false;
}

absl::Status Permission::Check(Scope scope, std::string_view resource) {
  if (Has(scope, resource) || audit_) return absl::OkStatus();
  return AccessDenied(absl::StrCat("Access to this API has been restricted. Use ",
                                   NamesOf(scope).option, " to manage permissions."),
                      NamesOf(scope).name, resource);
}

absl::Status Permission::Refuse(std::string_view message) const {
  return audit_ || !enabled_ ? absl::OkStatus() : AccessDenied(message, "", "");
}

void Permission::Drop(Scope scope, std::optional<std::string_view> resource) {
  granted_[static_cast<size_t>(scope)] = false;
  for (Scope part : {Scope::kFileSystemRead, Scope::kFileSystemWrite}) {
    if (scope != part && scope != Scope::kFileSystem) continue;
    if (resource) {
      GrantsOf(part)->Drop(WorkingFolder(), *resource);
    } else {
      GrantsOf(part)->DropAll();
    }
  }
  Tell(scope, resource.value_or(""), /*dropped=*/true);
}

void Permission::GrantRead(std::string_view file) {
  read_.GrantFile(AbsolutePath(WorkingFolder(), file));
}

void Permission::Tell(Scope scope, std::string_view resource, bool dropped) {
  // Set by internal/permission: publishes to the diagnostics channel when anybody listens.
  v8::Local<v8::Value> tell = env_.GetRealmValue("onPermission");
  if (!tell->IsFunction() || !env_.can_call_into_js()) return;
  v8::Local<v8::Value> args[] = {ToV8(env_, NamesOf(scope).name), ToV8(env_, resource),
                                 v8::Boolean::New(env_.isolate(), dropped)};
  // Errors of subscribers go to the process by the channel itself.
  v8::TryCatch try_catch(env_.isolate());
  (void)tell.As<v8::Function>()->Call(env_.context(), v8::Undefined(env_.isolate()), 3, args);
}

}  // namespace gyre
