#include "runtime/engine/builtins.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/engine/builtin_sources.h"

namespace gyre {
namespace {

// The text of one built-in, shared by the strings of all isolates.
class SourceResource final : public v8::String::ExternalOneByteStringResource {
 public:
  explicit SourceResource(std::string_view text) : text_(text) {}
  const char* data() const override { return text_.data(); }
  size_t length() const override { return text_.size(); }
  void Dispose() override {}  // lives as long as the process

 private:
  const std::string_view text_;
};

std::string& Directory() {
  static std::string& directory = *new std::string;
  return directory;
}

BuiltinCodeCaches& CodeCaches() {
  static BuiltinCodeCaches caches;
  return caches;
}

SourceResource* Resources() {
  static SourceResource* const resources = [] {
    auto sources = BuiltinSources();
    auto* all =
        static_cast<SourceResource*>(operator new[](sizeof(SourceResource) * sources.size()));
    for (size_t i = 0; i < sources.size(); i++) new (&all[i]) SourceResource(sources[i].source);
    return all;
  }();
  return resources;
}

// The index of a built-in in BuiltinSources(), or -1.
int IndexOf(std::string_view id) {
  auto sources = BuiltinSources();
  auto found = std::lower_bound(
      sources.begin(), sources.end(), id,
      [](const BuiltinSource& source, std::string_view id) { return source.id < id; });
  if (found == sources.end() || found->id != id) return -1;
  return static_cast<int>(found - sources.begin());
}

v8::Local<v8::String> OneByte(v8::Isolate* isolate, std::string_view text) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(text.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(text.size()))
      .ToLocalChecked();
}

v8::Local<v8::String> SourceText(v8::Isolate* isolate, int index) {
  if (!Directory().empty()) {
    // path is "runtime/fs/fs.js", the directory is ".../runtime".
    std::string_view path = BuiltinSources()[index].path;
    std::ifstream file(absl::StrCat(Directory(), path.substr(path.find('/'))), std::ios::binary);
    if (file) {
      std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      return OneByte(isolate, text);
    }
  }
  if (BuiltinSources()[index].source.empty()) return v8::String::Empty(isolate);
  return v8::String::NewExternalOneByte(isolate, &Resources()[index]).ToLocalChecked();
}

// Built-ins whose functions run in every process, or in every child with a channel: the start-up
// snapshot and the code caches hold all of their bytecode, which costs less to deserialise than to
// compile. Other functions are in them as far as bootstrapping has run them.
constexpr std::string_view kCompiledWhole[] = {
    "internal/bootstrap/globals",
    "internal/bootstrap/realm",
    "internal/bootstrap/startup",
    "internal/child_process/ipc",
    "internal/child_process/large_strings",
    "internal/child_process/parent_channel",
    "internal/console",
    "internal/console/direct",
    "internal/modules/builtins",
    "internal/modules/cjs_compile",
    "internal/modules/cjs_loader",
    "internal/modules/cjs_require",
    "internal/modules/cjs_resolve",
    "internal/modules/circular",
    "internal/modules/conditions",
    "internal/modules/format",
    "internal/modules/hooks",
    "internal/modules/package_json",
    "internal/modules/run_main",
    "internal/modules/shared",
    "internal/options",
    "internal/path/common",
    "internal/path/posix",
    "internal/process/methods",
    "internal/process/object",
    "internal/process/tick",
};

v8::ScriptCompiler::CompileOptions OptionsFor(int index, bool is_kept) {
  std::string_view id = BuiltinSources()[index].id;
  const bool whole = is_kept && std::find(std::begin(kCompiledWhole), std::end(kCompiledWhole),
                                          id) != std::end(kCompiledWhole);
  return whole ? v8::ScriptCompiler::kEagerCompile : v8::ScriptCompiler::kNoCompileOptions;
}

v8::MaybeLocal<v8::Function> Compile(Environment& env, v8::Local<v8::Context> context, int index,
                                     v8::ScriptCompiler::CompileOptions options,
                                     v8::ScriptCompiler::CachedData* cache) {
  v8::Isolate* isolate = env.isolate();
  v8::ScriptOrigin origin(OneByte(isolate, absl::StrCat("node:", BuiltinSources()[index].id)), 0, 0,
                          true);
  v8::ScriptCompiler::Source source(SourceText(isolate, index), origin, cache);
  v8::Local<v8::String> parameters[] = {
      env.Intern("exports"), env.Intern("require"),         env.Intern("module"),
      env.Intern("process"), env.Intern("internalBinding"),
  };
  return v8::ScriptCompiler::CompileFunction(context, &source, std::size(parameters), parameters, 0,
                                             nullptr, options);
}

}  // namespace

bool HasBuiltin(std::string_view id) { return IndexOf(id) >= 0; }

std::vector<std::string_view> BuiltinIds() {
  std::vector<std::string_view> ids;
  for (const BuiltinSource& source : BuiltinSources()) ids.push_back(source.id);
  return ids;
}

v8::MaybeLocal<v8::Function> CompileBuiltin(Environment& env, v8::Local<v8::Context> context,
                                            std::string_view id) {
  int index = IndexOf(id);
  CHECK_GE(index, 0) << "no built-in " << id;
  v8::ScriptCompiler::CachedData* cache = nullptr;
  const BuiltinCodeCaches& caches = CodeCaches();
  if (caches.data != nullptr && Directory().empty()) {
    uint32_t begin = caches.offsets[index];
    uint32_t length = caches.offsets[index + 1] - begin;
    // Owned by the Source it is given to; the bytes are not.
    if (length > 0) cache = new v8::ScriptCompiler::CachedData(caches.data + begin, length);
  }
  const auto options = cache != nullptr ? v8::ScriptCompiler::kConsumeCodeCache
                                        : OptionsFor(index, env.building_snapshot());
  return Compile(env, context, index, options, cache);
}

std::string MakeBuiltinCodeCache(Environment& env, std::string_view id) {
  const int index = IndexOf(id);
  v8::Local<v8::Function> function =
      Compile(env, env.context(), index, OptionsFor(index, true), nullptr).ToLocalChecked();
  std::unique_ptr<v8::ScriptCompiler::CachedData> cache(
      v8::ScriptCompiler::CreateCodeCacheForFunction(function));
  return std::string(reinterpret_cast<const char*>(cache->data), cache->length);
}

void SetBuiltinCodeCaches(const BuiltinCodeCaches& caches) { CodeCaches() = caches; }

void SetBuiltinsDirectory(std::string directory) { Directory() = std::move(directory); }

void AppendBuiltinReferences(std::vector<intptr_t>* references) {
  for (size_t i = 0; i < BuiltinSources().size(); i++) {
    references->push_back(reinterpret_cast<intptr_t>(&Resources()[i]));
  }
}

}  // namespace gyre
