#include "runtime/permission/binding.h"

#include <optional>
#include <string>

#include "runtime/glue/convert.h"
#include "runtime/permission/permission.h"

namespace gyre {
namespace {

bool Enabled(Environment& env) { return env.State<Permission>().enabled(); }

bool Has(Environment& env, uint32_t scope, std::optional<std::string> resource) {
  return env.State<Permission>().Has(static_cast<Scope>(scope), resource);
}

absl::Status Check(Environment& env, uint32_t scope, const std::string& resource) {
  return env.State<Permission>().Check(static_cast<Scope>(scope), resource);
}

void Drop(Environment& env, uint32_t scope, std::optional<std::string> resource) {
  env.State<Permission>().Drop(static_cast<Scope>(scope), resource);
}

void GrantRead(Environment& env, const std::string& file) {
  env.State<Permission>().GrantRead(file);
}

}  // namespace

void InitPermission(BindingBuilder& b) {
  b.Function<Enabled>("enabled");
  b.Function<Has>("has");
  b.Function<Check>("check");
  b.Function<Drop>("drop");
  b.Function<GrantRead>("grantRead");
  b.Object("scopes", [](BindingBuilder& c) {
    c.Constant("fs", static_cast<int>(Scope::kFileSystem));
    c.Constant("fs.read", static_cast<int>(Scope::kFileSystemRead));
    c.Constant("fs.write", static_cast<int>(Scope::kFileSystemWrite));
    c.Constant("addon", static_cast<int>(Scope::kAddon));
    c.Constant("child", static_cast<int>(Scope::kChildProcess));
    c.Constant("inspector", static_cast<int>(Scope::kInspector));
    c.Constant("openssl.store", static_cast<int>(Scope::kOpenSslStore));
    c.Constant("wasi", static_cast<int>(Scope::kWasi));
    c.Constant("worker", static_cast<int>(Scope::kWorkerThreads));
  });
}

}  // namespace gyre
