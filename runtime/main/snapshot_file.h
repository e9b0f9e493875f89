#ifndef GYRE_MAIN_SNAPSHOT_FILE_H_
#define GYRE_MAIN_SNAPSHOT_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/main/snapshot.h"

namespace gyre {

// A program's snapshot as a file:
//
//   SnapshotFileHeader   magic, version of the format, checksum, lengths of the parts
//   identity             five lines: what made it, and what alone can read it
//   blob                 V8's bytes
//   offsets              of the code caches, 32 bits each; none without code caches
//   code caches
//
// Each part begins at a multiple of kPartAlignment, with zeros in between. Numbers are in the order
// of the machine, which is part of the identity. The checksum finds damage, not malice: who writes
// the file decides what runs, as with a program's source.
inline constexpr size_t kPartAlignment = 16;

// Who can read a snapshot. It refers to addresses of the executable by their numbers, so in the end
// only the build that made it can.
struct SnapshotIdentity {
  std::string version;
  std::string v8_version;
  std::string architecture;
  std::string platform;
  std::string build;  // the linker's build id
};
SnapshotIdentity ThisExecutable();

std::string EncodeSnapshot(const MadeSnapshot& made, const SnapshotIdentity& identity);

// What `bytes` hold, which has to outlive the result and to be aligned to kPartAlignment. The
// status of what is no snapshot, is damaged, or was made by someone else says which, as the end of
// a sentence: "it was built with platform ...".
absl::StatusOr<EmbeddedSnapshot> DecodeSnapshot(std::string_view bytes,
                                                const SnapshotIdentity& identity,
                                                size_t code_cache_count);

// The file's snapshot, alive as long as the process. A status is a complete message.
absl::StatusOr<EmbeddedSnapshot> ReadSnapshotFile(const std::string& path);
absl::Status WriteSnapshotFile(const std::string& path, const MadeSnapshot& made);

}  // namespace gyre

#endif  // GYRE_MAIN_SNAPSHOT_FILE_H_
