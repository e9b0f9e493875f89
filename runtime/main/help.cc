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

int PrintBashCompletion() {
  printf(
      "_node_complete() {\n"
      "  local cur_word options\n"
      "  cur_word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
      "  if [[ \"${cur_word}\" == -* ]] ; then\n"
      "    COMPREPLY=( $(compgen -W '");
  for (const OptionSpec& spec : OptionSpecs()) {
    if (spec.effect == OptionEffect::kMissing) continue;
    printf("%s ", std::string(spec.name).c_str());
    if (!spec.alias.empty()) printf("%s ", std::string(spec.alias).c_str());
  }
  printf(
      "' -- \"${cur_word}\") )\n"
      "    return 0\n"
      "  else\n"
      "    COMPREPLY=( $(compgen -f \"${cur_word}\") )\n"
      "    return 0\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -o nospace -o bashdefault -F _node_complete node node_g gyre\n");
  return 0;
}

}  // namespace gyre
