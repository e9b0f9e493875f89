#ifndef GYRE_MAIN_SNAPSHOT_H_
#define GYRE_MAIN_SNAPSHOT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/builtins.h"
#include "runtime/engine/isolate.h"

namespace gyre {

// The start-up snapshot that was linked in: the bootstrapped realm and the code caches of the
// built-ins outside it. gyre links the generated one; gyre_dev and the program that makes it link
// an empty one.
struct EmbeddedSnapshot {
  v8::StartupData blob = {nullptr, 0};
  BuiltinCodeCaches code_caches;
};
EmbeddedSnapshot GetEmbeddedSnapshot();

// Null-terminated: every address that a snapshot of this executable may refer to. The order depends
// only on the sources, so it is the same in the program that makes the snapshot and in the one that
// uses it.
const intptr_t* ExternalReferences();

// The C++-free bytes of a snapshot and of the code caches that go with it.
struct MadeSnapshot {
  std::string blob;
  std::vector<uint32_t> code_cache_offsets;  // none without code caches
  std::string code_cache_data;
};

// An isolate that becomes a snapshot, which is how the one that is linked in is made (at build
// time) and how those of programs are (--build-snapshot). Its first realm has bootstrapped and
// nothing else; a program gets a second one for itself. Main thread only.
class SnapshotBuilder {
 public:
  // The contexts of the snapshot, by what starts from them.
  static constexpr size_t kBootstrapped = 0;
  static constexpr size_t kProgram = 1;

  SnapshotBuilder();
  ~SnapshotBuilder();
  SnapshotBuilder(const SnapshotBuilder&) = delete;
  SnapshotBuilder& operator=(const SnapshotBuilder&) = delete;

  // Makes the realm of a program and enters it; it lives until Freeze().
  Environment& AddProgram(const Options& options);

  // The classes of what the program left alive and no snapshot can hold, after a collection of
  // garbage. Empty: Freeze() may follow.
  std::vector<std::string> Obstacles();

  // The snapshot; the isolate is of no use any more. V8 ends the process when it finds something
  // that it cannot serialise: that is reported as an error of the program's.
  std::string Freeze();

 private:
  IsolateHolder isolate_;
  std::optional<v8::HandleScope> handle_scope_;
  std::optional<v8::Context::Scope> context_scope_;
  std::unique_ptr<Environment> program_;
};

// The code caches of the built-ins for the snapshot, used as they will be: with it. Of the snapshot
// that is linked in, and of what else is to start without compiling built-ins.
void AddCodeCaches(MadeSnapshot* made);

}  // namespace gyre

#endif  // GYRE_MAIN_SNAPSHOT_H_
