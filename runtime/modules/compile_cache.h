#ifndef GYRE_MODULES_COMPILE_CACHE_H_
#define GYRE_MODULES_COMPILE_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/engine/environment.h"
#include "runtime/modules/cache_folder.h"
#include "v8.h"

namespace gyre {

// The on-disk compile cache of user modules: V8's code caches of everything that one program loads,
// in one file that is mapped when the first module worth it is compiled and written anew, by
// rename, when the process ends and has compiled enough that was not in it. So a hit costs no
// system call, concurrent processes never see half a file, and functions that ran have their code
// in it.
//
// An entry is used when the module's path, the hash of its text and the hash of the entry itself
// agree; a file of another version of V8 or Gyre, or a damaged one, is as good as none. Every
// failure to read or write is silent.
class CompileCache {
 public:
  using Kind = CacheFolder::Kind;

  // Identifies a compilation from Find() to Compiled().
  struct Ticket {
    uint64_t key = 0;  // 0: not to be cached
    uint64_t source_hash = 0;
    uint32_t source_size = 0;
    CacheFolder::Entry* entry = nullptr;  // when the folder is used that the program has named
  };

  explicit CompileCache(Environment& env) : env_(env), folder_cache_(env.isolate()) {}
  ~CompileCache();
  CompileCache(const CompileCache&) = delete;
  CompileCache& operator=(const CompileCache&) = delete;

  // `folder` is made when first written to; `program` names the file in it.
  void Enable(std::string folder, std::string_view program);
  bool enabled() const { return !path_.empty(); }

  // The cached code of a source, for ScriptCompiler::Source to own; null when there is none.
  v8::ScriptCompiler::CachedData* Find(Kind kind, v8::Local<v8::String> filename,
                                       v8::Local<v8::String> source, Ticket* ticket);

  // What was compiled, with `cached` as Find() gave it and V8 left it.
  void Compiled(const Ticket& ticket, const v8::ScriptCompiler::CachedData* cached,
                CompiledCode code);

  // Writes the file if there is enough to add, and what the program's own folder lacks.
  void Save();

  // The folder that the program has named, if it has: used instead of the file from then on.
  CacheFolder& folder() { return folder_cache_; }

 private:
  struct Entry {
    uint64_t key;
    uint64_t source_hash;
    uint64_t data_hash;
    uint64_t offset;
    uint64_t size;
  };
  struct Fresh {
    Ticket ticket;
    CompiledCode code;
  };
  struct Header;

  void Load();
  bool Accept(const char* data, size_t size);
  std::string Serialize();

  Environment& env_;
  CacheFolder folder_cache_;
  std::string folder_;
  std::string path_;
  bool loaded_ = false;
  const char* mapped_ = nullptr;
  size_t mapped_size_ = 0;
  absl::flat_hash_map<uint64_t, Entry> entries_;
  std::vector<Fresh> fresh_;
  size_t fresh_source_size_ = 0;
};

}  // namespace gyre

#endif  // GYRE_MODULES_COMPILE_CACHE_H_
