#include "runtime/main/snapshot_file.h"

#include <elf.h>
#include <link.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>
#include <vector>

#include "absl/log/check.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "runtime/base/version.h"
#include "runtime/engine/builtins.h"
#include "runtime/modules/content_hash.h"
#include "v8.h"

namespace gyre {
namespace {

constexpr char kMagic[8] = {'G', 'Y', 'R', 'E', 'S', 'N', 'A', 'P'};
constexpr uint64_t kFormat = 1;

enum Part { kIdentity, kBlob, kOffsets, kCodeCaches, kPartCount };

struct SnapshotFileHeader {
  char magic[sizeof(kMagic)];
  uint64_t format;
  uint64_t checksum;  // of all that follows it
  uint64_t lengths[kPartCount];
};
constexpr size_t kChecked = offsetof(SnapshotFileHeader, lengths);
static_assert(sizeof(SnapshotFileHeader) == kChecked + kPartCount * sizeof(uint64_t));

constexpr size_t Aligned(size_t size) {
  return (size + kPartAlignment - 1) / kPartAlignment * kPartAlignment;
}

std::vector<std::string> Lines(const SnapshotIdentity& identity) {
  return {identity.version, identity.v8_version, identity.architecture, identity.platform,
          identity.build};
}

// Of the executable itself, which comes first.
int FindBuildId(dl_phdr_info* info, size_t, void* id) {
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) & segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const char* at = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    const char* end = at + segment.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
      const char* name = at + sizeof(*note);
      const char* value = name + (note->n_namesz + 3) / 4 * 4;
      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == sizeof(ELF_NOTE_GNU) &&
          memcmp(name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)) == 0) {
        *static_cast<std::string*>(id) =
            absl::BytesToHexString(std::string_view(value, note->n_descsz));
        return 1;
      }
      at = value + (note->n_descsz + 3) / 4 * 4;
    }
  }
  return 1;
}

// Why a snapshot of another identity cannot be read; ok for the same one.
absl::Status CheckIdentity(std::string_view text, const SnapshotIdentity& current) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  const std::vector<std::string> expected = Lines(current);
  constexpr std::string_view kWhat[] = {"Gyre version", "V8 version", "architecture", "platform",
                                        "build"};
  if (lines.size() != expected.size()) return absl::DataLossError("the file is damaged");
  for (size_t i = 0; i < expected.size(); i++) {
    if (lines[i] == expected[i]) continue;
    return absl::FailedPreconditionError(absl::StrCat("it was built with ", kWhat[i], " ", lines[i],
                                                      " and the current ", kWhat[i], " is ",
                                                      expected[i]));
  }
  return absl::OkStatus();
}

// The offsets of `count` code caches that lie in `size` bytes.
bool AreOffsets(std::string_view bytes, size_t count, size_t size) {
  if (bytes.size() != (count + 1) * sizeof(uint32_t)) return false;
  const auto* offsets = reinterpret_cast<const uint32_t*>(bytes.data());
  return std::is_sorted(offsets, offsets + count + 1) && offsets[count] == size;
}

// V8's blob, which is most of it, ends at 2 GiB.
constexpr int64_t kMaxFileSize = int64_t{4} << 30;

// What is in a file, in memory of its own that is never freed. Not mapped: whoever writes the file
// again must not change a process that runs.
std::optional<std::string_view> ReadAligned(FILE* file) {
  if (fseek(file, 0, SEEK_END) != 0) return std::nullopt;
  const long end = ftell(file);
  // The end of a folder is LONG_MAX.
  if (end < 0 || end > kMaxFileSize) return std::nullopt;
  const auto size = static_cast<size_t>(end);
  auto* data = static_cast<char*>(aligned_alloc(kPartAlignment, Aligned(size + 1)));
  rewind(file);
  if (data == nullptr || fread(data, 1, size, file) != size) return std::nullopt;
  return std::string_view(data, size);
}

}  // namespace

SnapshotIdentity ThisExecutable() {
  std::string build;
  dl_iterate_phdr(FindBuildId, &build);
  CHECK(!build.empty()) << "linked without --build-id";
  return {kGyreVersion, v8::V8::GetVersion(), "x64", "linux", build};
}

std::string EncodeSnapshot(const MadeSnapshot& made, const SnapshotIdentity& identity) {
  const std::string lines = absl::StrJoin(Lines(identity), "\n");
  const std::string_view offsets(reinterpret_cast<const char*>(made.code_cache_offsets.data()),
                                 made.code_cache_offsets.size() * sizeof(uint32_t));
  const std::string_view parts[kPartCount] = {lines, made.blob, offsets, made.code_cache_data};
  SnapshotFileHeader header = {};
  memcpy(header.magic, kMagic, sizeof(kMagic));
  header.format = kFormat;
  std::string file(Aligned(sizeof(header)), '\0');
  for (int i = 0; i < kPartCount; i++) {
    header.lengths[i] = parts[i].size();
    file.append(parts[i]);
    file.resize(Aligned(file.size()));
  }
  memcpy(file.data(), &header, sizeof(header));
  header.checksum = ContentHash(std::string_view(file).substr(kChecked));
  memcpy(file.data(), &header, sizeof(header));
  return file;
}

absl::StatusOr<EmbeddedSnapshot> DecodeSnapshot(std::string_view bytes,
                                                const SnapshotIdentity& identity,
                                                size_t code_cache_count) {
  SnapshotFileHeader header;
  if (bytes.substr(0, sizeof(kMagic)) != std::string_view(kMagic, sizeof(kMagic))) {
    return absl::InvalidArgumentError("the file is not a snapshot");
  }
  if (bytes.size() < Aligned(sizeof(header))) return absl::DataLossError("the file is truncated");
  memcpy(&header, bytes.data(), sizeof(header));
  if (header.format != kFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("its format is ", header.format, " and the current format is ", kFormat));
  }
  std::string_view parts[kPartCount];
  size_t position = Aligned(sizeof(header));
  for (int i = 0; i < kPartCount; i++) {
    // Compared so that no sum of lengths from the file can overflow.
    if (header.lengths[i] > bytes.size() - position ||
        Aligned(header.lengths[i]) > bytes.size() - position) {
      return absl::DataLossError("the file is truncated");
    }
    parts[i] = bytes.substr(position, header.lengths[i]);
    position += Aligned(header.lengths[i]);
  }
  if (position != bytes.size() || header.checksum != ContentHash(bytes.substr(kChecked)) ||
      parts[kBlob].size() > std::numeric_limits<int>::max()) {
    return absl::DataLossError("the file is damaged");
  }
  if (absl::Status status = CheckIdentity(parts[kIdentity], identity); !status.ok()) return status;
  EmbeddedSnapshot snapshot;
  snapshot.blob = {parts[kBlob].data(), static_cast<int>(parts[kBlob].size())};
  if (parts[kOffsets].empty()) return snapshot;
  if (!AreOffsets(parts[kOffsets], code_cache_count, parts[kCodeCaches].size())) {
    return absl::DataLossError("the file is damaged");
  }
  snapshot.code_caches = {reinterpret_cast<const uint32_t*>(parts[kOffsets].data()),
                          reinterpret_cast<const uint8_t*>(parts[kCodeCaches].data())};
  return snapshot;
}

absl::StatusOr<EmbeddedSnapshot> ReadSnapshotFile(const std::string& path) {
  FILE* file = fopen(path.c_str(), "rb");
  if (file == nullptr) return absl::NotFoundError(absl::StrCat("Cannot open ", path));
  const std::optional<std::string_view> bytes = ReadAligned(file);
  fclose(file);
  if (!bytes.has_value()) return absl::DataLossError(absl::StrCat("Cannot read ", path));
  absl::StatusOr<EmbeddedSnapshot> snapshot =
      DecodeSnapshot(*bytes, ThisExecutable(), BuiltinIds().size());
  if (snapshot.ok()) return snapshot;
  return absl::InvalidArgumentError(absl::StrCat("Failed to load the startup snapshot because ",
                                                 snapshot.status().message(), "."));
}

absl::Status WriteSnapshotFile(const std::string& path, const MadeSnapshot& made) {
  FILE* file = fopen(path.c_str(), "wb");
  if (file == nullptr) {
    return absl::PermissionDeniedError(
        absl::StrCat("Cannot open ", path, " for writing a snapshot."));
  }
  const std::string bytes = EncodeSnapshot(made, ThisExecutable());
  struct stat info;
  const bool is_file = fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode);
  const bool written = fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (fclose(file) == 0 && written) return absl::OkStatus();
  // Half a snapshot is none. A device stays.
  if (is_file) remove(path.c_str());
  return absl::DataLossError(absl::StrCat("Cannot write the snapshot to ", path));
}

}  // namespace gyre
