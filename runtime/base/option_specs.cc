// The table of command-line options: kSpecs, read by the parser in options.cc and by --help.

#include "runtime/base/options.h"

namespace gyre {
namespace {

constexpr OptionKind kBool = OptionKind::kBoolean;
constexpr OptionKind kInt = OptionKind::kInteger;
constexpr OptionKind kStr = OptionKind::kString;
constexpr OptionKind kList = OptionKind::kList;
constexpr bool kEnv = true;  // allowed in NODE_OPTIONS
constexpr bool kNoEnv = false;

// Alphabetical. An option of Node's that is missing here is refused as a bad option. Some are taken
// and change nothing: those whose feature is always on here, and tracing and report options that
// are not there yet.
constexpr OptionSpec kSpecs[] = {
    {"--abort-on-uncaught-exception", kBool, kEnv, ""},
    {"--addons", kBool, kEnv, "true"},
    {"--async-context-frame", kBool, kEnv, "true"},
    {"--check", kBool, kNoEnv, "", "-c"},
    {"--conditions", kList, kEnv, "", "-C"},
    {"--deprecation", kBool, kEnv, "true"},
    {"--disable-proto", kStr, kEnv, ""},
    {"--disable-warning", kList, kEnv, ""},
    {"--disable-wasm-trap-handler", kBool, kEnv, ""},
    {"--dns-result-order", kStr, kEnv, ""},
    {"--enable-etw-stack-walking", kBool, kEnv, ""},
    {"--enable-source-maps", kBool, kEnv, ""},
    {"--entry-url", kBool, kEnv, ""},
    {"--env-file", kList, kNoEnv, ""},
    {"--env-file-if-exists", kList, kNoEnv, ""},
    {"--eval", kStr, kNoEnv, "", "-e"},
    {"--experimental-abortcontroller", kBool, kEnv, ""},
    {"--experimental-default-type", kStr, kEnv, ""},
    {"--experimental-detect-module", kBool, kEnv, "true"},
    {"--experimental-eventsource", kBool, kEnv, ""},
    {"--experimental-global-customevent", kBool, kEnv, "true"},
    {"--experimental-global-navigator", kBool, kEnv, "true"},
    {"--experimental-global-webcrypto", kBool, kEnv, "true"},
    {"--experimental-import-meta-resolve", kBool, kEnv, ""},
    {"--experimental-json-modules", kBool, kEnv, "true"},
    {"--experimental-loader", kList, kEnv, "", "--loader"},
    {"--experimental-print-required-tla", kBool, kEnv, ""},
    {"--experimental-repl-await", kBool, kEnv, "true"},
    {"--experimental-report", kBool, kEnv, ""},
    {"--experimental-require-module", kBool, kEnv, "true"},
    {"--experimental-strip-types", kBool, kEnv, "true"},
    {"--experimental-test-coverage", kBool, kNoEnv, ""},
    {"--experimental-test-module-mocks", kBool, kNoEnv, ""},
    {"--experimental-test-tag-filter", kList, kNoEnv, ""},
    {"--experimental-top-level-await", kBool, kEnv, "true"},
    {"--experimental-transform-types", kBool, kEnv, ""},
    {"--experimental-vm-modules", kBool, kEnv, ""},
    {"--experimental-wasm-modules", kBool, kEnv, "true"},
    {"--experimental-websocket", kBool, kEnv, "true"},
    {"--experimental-worker", kBool, kEnv, "true"},
    {"--expose-gc", kBool, kNoEnv, "", "--expose_gc"},
    {"--expose-internals", kBool, kNoEnv, "", "--expose_internals"},
    {"--force-context-aware", kBool, kEnv, ""},
    {"--frozen-intrinsics", kBool, kEnv, ""},
    {"--global-search-paths", kBool, kEnv, "true"},
    {"--help", kBool, kNoEnv, "", "-h"},
    {"--icu-data-dir", kStr, kEnv, ""},
    {"--import", kList, kEnv, ""},
    {"--input-type", kStr, kEnv, ""},
    {"--insecure-http-parser", kBool, kEnv, ""},
    {"--interactive", kBool, kNoEnv, "", "-i"},
    {"--max-http-header-size", kInt, kEnv, "16384"},
    {"--network-family-autoselection", kBool, kEnv, "true"},
    {"--network-family-autoselection-attempt-timeout", kInt, kEnv, "250"},
    {"--node-snapshot", kBool, kEnv, "true"},
    {"--pending-deprecation", kBool, kEnv, ""},
    {"--preserve-symlinks", kBool, kEnv, ""},
    {"--preserve-symlinks-main", kBool, kEnv, ""},
    {"--print", kBool, kNoEnv, "", "-p"},
    {"--require", kList, kEnv, "", "-r"},
    {"--stack-trace-limit", kInt, kEnv, "10"},
    {"--test", kBool, kNoEnv, ""},
    {"--test-concurrency", kInt, kNoEnv, "0"},
    {"--test-coverage-branches", kInt, kEnv, "0"},
    {"--test-coverage-exclude", kList, kEnv, ""},
    {"--test-coverage-functions", kInt, kEnv, "0"},
    {"--test-coverage-include", kList, kEnv, ""},
    {"--test-coverage-lines", kInt, kEnv, "0"},
    {"--test-force-exit", kBool, kNoEnv, ""},
    {"--test-global-setup", kStr, kEnv, ""},
    {"--test-isolation", kStr, kEnv, "process", "--experimental-test-isolation"},
    {"--test-name-pattern", kList, kEnv, ""},
    {"--test-only", kBool, kEnv, ""},
    {"--test-random-seed", kStr, kEnv, ""},
    {"--test-randomize", kBool, kEnv, ""},
    {"--test-reporter", kList, kEnv, ""},
    {"--test-reporter-destination", kList, kEnv, ""},
    {"--test-rerun-failures", kStr, kEnv, ""},
    {"--test-shard", kStr, kEnv, ""},
    {"--test-skip-pattern", kList, kEnv, ""},
    {"--test-timeout", kInt, kNoEnv, "0"},
    {"--test-update-snapshots", kBool, kNoEnv, ""},
    {"--throw-deprecation", kBool, kEnv, ""},
    {"--redirect-warnings", kStr, kEnv, ""},
    {"--test-udp-no-try-send", kBool, kNoEnv, ""},
    {"--title", kStr, kEnv, ""},
    {"--trace-deprecation", kBool, kEnv, ""},
    {"--trace-event-categories", kStr, kEnv, ""},
    {"--trace-exit", kBool, kEnv, ""},
    {"--trace-sigint", kBool, kEnv, ""},
    {"--trace-sync-io", kBool, kEnv, ""},
    {"--trace-uncaught", kBool, kEnv, ""},
    {"--trace-warnings", kBool, kEnv, ""},
    {"--track-heap-objects", kBool, kEnv, ""},
    {"--unhandled-rejections", kStr, kEnv, ""},
    {"--v8-pool-size", kInt, kEnv, "4"},
    {"--verify-base-objects", kBool, kEnv, ""},
    {"--version", kBool, kNoEnv, "", "-v"},
    {"--warnings", kBool, kEnv, "true"},
    {"--zero-fill-buffers", kBool, kEnv, ""},
};

}  // namespace

std::span<const OptionSpec> OptionSpecs() { return kSpecs; }

}  // namespace gyre
