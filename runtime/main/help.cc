#include "runtime/main/help.h"

#include <cstdio>
#include <string>

#include "runtime/base/options.h"
#include "runtime/base/version.h"

namespace gyre {

// The first line is Node's, for the programs that ask `node --version`.
int PrintVersion() {
  printf("v%s\n", kNodeVersion);
  return 0;
}

int PrintHelp() {
  printf(
      "Usage: gyre [options] [ script.js ] [arguments]\n"
      "       gyre -e CODE [arguments]\n"
      "       gyre [options] -          (the script from standard input)\n\n"
      "Gyre %s runs programs written for Node.js %s.\n\nOptions:\n",
      kGyreVersion, kNodeVersion);
  for (const OptionSpec& spec : OptionSpecs()) {
    if (spec.effect == OptionEffect::kMissing) continue;
    std::string name(spec.name);
    if (!spec.alias.empty()) name = std::string(spec.alias) + ", " + name;
    const char* value = spec.kind == OptionKind::kBoolean ? "" : "=...";
    printf("  %s%s\n", name.c_str(), value);
  }
  printf("V8's own options are accepted too: gyre --v8-options lists them.\n");
  return 0;
}

}  // namespace gyre
