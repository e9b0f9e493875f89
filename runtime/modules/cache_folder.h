#ifndef GYRE_MODULES_CACHE_FOLDER_H_
#define GYRE_MODULES_CACHE_FOLDER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "v8.h"

namespace gyre {

// Code that was compiled; V8 can make a code cache of it.
class CompiledCode {
 public:
  CompiledCode() = default;
  CompiledCode(v8::Isolate* isolate, v8::Local<v8::Function> function)
      : function_(isolate, function) {}
  CompiledCode(v8::Isolate* isolate, v8::Local<v8::UnboundModuleScript> script)
      : script_(isolate, script) {}

  std::unique_ptr<v8::ScriptCompiler::CachedData> Serialize(v8::Isolate* isolate) const;

 private:
  v8::Global<v8::Function> function_;
  v8::Global<v8::UnboundModuleScript> script_;
};

// The compile cache of a program that names a folder for it, by NODE_COMPILE_CACHE or
// module.enableCompileCache(), as https://nodejs.org/api/module.html#module-compile-cache describes
// it: a file for each module, so that programs can share it, and one for each TypeScript file's
// JavaScript. NODE_DEBUG_NATIVE=COMPILE_CACHE tells on standard error what is done and why.
class CacheFolder {
 public:
  enum class Kind : uint8_t {
    kCommonJs,
    kModule,
    kStrippedTypeScript,
    kTransformedTypeScript,
    kTransformedTypeScriptWithSourceMaps,
  };
  enum class State : uint8_t { kEmpty, kLoaded, kFresh };

  struct Entry {
    Kind kind;
    State state = State::kEmpty;
    std::string name;  // path or URL
    std::string path;  // the file in the folder
    uint64_t source_hash = 0;
    uint32_t source_size = 0;
    std::string data;  // what was read or, of TypeScript, is to be written
    CompiledCode code;
  };

  explicit CacheFolder(v8::Isolate* isolate) : isolate_(isolate) {}
  CacheFolder(const CacheFolder&) = delete;
  CacheFolder& operator=(const CacheFolder&) = delete;

  // Makes the folder, which must be absolute. `portable`: modules are known by their paths relative
  // to it, so that it can be moved with them. The errno when it cannot be made.
  int Open(std::string folder, bool portable, bool verbose);
  bool is_open() const { return !folder_.empty(); }

  // The entry of a source; its file has been read and `data` is of use if the state is kLoaded.
  // Valid until Persist().
  Entry* Find(Kind kind, v8::Local<v8::String> name, v8::Local<v8::String> source);

  // What came of compiling an entry's source, with or without its data.
  void Compiled(Entry* entry, bool rejected, CompiledCode code);

  // The JavaScript that was made of a TypeScript source.
  std::optional<std::string> Transpiled(Kind kind, v8::Local<v8::String> name,
                                        v8::Local<v8::String> source);
  void RememberTranspiled(Kind kind, v8::Local<v8::String> name, v8::Local<v8::String> source,
                          std::string text);

  // Writes what is fresh.
  void Persist();

  // A line on standard error, if that was asked for.
  template <class... Args>
  void Say(const absl::FormatSpec<Args...>& format, const Args&... args) const {
    if (verbose_) Print(absl::StrFormat(format, args...));
  }

 private:
  static void Print(std::string_view line);

  std::string KeyName(const std::string& name) const;
  void Read(Entry& entry);
  std::string Check(Entry& entry, std::string_view file);
  void Write(const Entry& entry, std::string_view data);

  v8::Isolate* const isolate_;
  std::string folder_;
  bool portable_ = false;
  bool verbose_ = false;
  absl::flat_hash_map<uint64_t, std::unique_ptr<Entry>> entries_;
};

}  // namespace gyre

#endif  // GYRE_MODULES_CACHE_FOLDER_H_
