// Makes the start-up snapshot at build time: make_snapshot TABLE.cc DATA.s
//
// DATA.s holds the bytes of the snapshot and of the code caches, TABLE.cc defines
// GetEmbeddedSnapshot() over them.

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "absl/log/check.h"
#include "runtime/engine/platform.h"
#include "runtime/glue/registry.h"
#include "runtime/main/bindings.h"
#include "runtime/main/snapshot.h"

namespace {

void WriteBytes(FILE* out, const char* symbol, std::string_view bytes) {
  fprintf(out, ".balign 16\n.globl %s\n%s:\n", symbol, symbol);
  for (size_t i = 0; i < bytes.size(); i += 32) {
    fputs(".byte ", out);
    for (size_t j = i; j < std::min(i + 32, bytes.size()); j++) {
      fprintf(out, j == i ? "%d" : ",%d", static_cast<unsigned char>(bytes[j]));
    }
    fputc('\n', out);
  }
  fputs(".byte 0\n", out);
}

}  // namespace

int main(int argc, char** argv) {
  CHECK_EQ(argc, 3) << "usage: make_snapshot TABLE.cc DATA.s";
  gyre::Platform::SetDefaultFlags();
  // The same input gives the same bytes. The seed is the one flag that code caches do not depend
  // on.
  v8::V8::SetFlagsFromString("--random-seed=42");
  gyre::SetBindings(gyre::AllBindings());
  gyre::Platform::Initialize(1);
  gyre::MadeSnapshot made;
  {
    gyre::SnapshotBuilder builder;
    made.blob = builder.Freeze();
  }
  gyre::AddCodeCaches(&made);

  FILE* data = fopen(argv[2], "w");
  CHECK(data != nullptr) << argv[2];
  fputs(".section .rodata\n", data);
  WriteBytes(data, "gyre_snapshot_blob", made.blob);
  WriteBytes(data, "gyre_code_cache_data", made.code_cache_data);
  fputs(".section .note.GNU-stack,\"\",@progbits\n", data);
  CHECK_EQ(fclose(data), 0);

  FILE* table = fopen(argv[1], "w");
  CHECK(table != nullptr) << argv[1];
  fprintf(table,
          "// Made by runtime/main/make_snapshot.cc.\n"
          "#include \"runtime/main/snapshot.h\"\n\n"
          "extern \"C\" const char gyre_snapshot_blob[];\n"
          "extern \"C\" const uint8_t gyre_code_cache_data[];\n\n"
          "namespace gyre {\nnamespace {\n\nconstexpr uint32_t kOffsets[] = {");
  for (uint32_t offset : made.code_cache_offsets) fprintf(table, "%u,", offset);
  fprintf(table,
          "};\n\n}  // namespace\n\n"
          "EmbeddedSnapshot GetEmbeddedSnapshot() {\n"
          "  return {{gyre_snapshot_blob, %zu}, {kOffsets, gyre_code_cache_data}};\n"
          "}\n\n}  // namespace gyre\n",
          made.blob.size());
  CHECK_EQ(fclose(table), 0);
  return 0;
}
