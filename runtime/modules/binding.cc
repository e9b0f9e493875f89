#include "runtime/modules/binding.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/glue/source_context.h"
#include "runtime/modules/cache_files.h"
#include "runtime/modules/cjs_compile.h"
#include "runtime/modules/cjs_exports.h"
#include "runtime/modules/compile_cache.h"
#include "runtime/modules/module_wrap.h"
#include "runtime/modules/source_files.h"
#include "runtime/permission/permission.h"
#include "runtime/vm/host_options.h"
#include "uv.h"

namespace gyre {
namespace {

int32_t Stat(Environment& env, const std::string& path) {
  return env.State<SourceFiles>().Stat(path);
}

absl::StatusOr<std::string> RealPath(Environment& env, const std::string& path) {
  return env.State<SourceFiles>().RealPath(path);
}

absl::StatusOr<v8::Local<v8::String>> ReadFile(Environment& env, const std::string& path) {
  absl::Status access = env.State<Permission>().Check(Scope::kFileSystemRead, path);
  if (!access.ok()) return access;
  absl::StatusOr<std::string> text = ReadWholeFile(path);
  if (!text.ok()) return text.status();
  return SourceString(env, *std::move(text));
}

absl::StatusOr<v8::Local<v8::String>> ReadStdin(Environment& env) {
  absl::StatusOr<std::string> text = ReadToEnd(0);
  if (!text.ok()) return text.status();
  return SourceString(env, *std::move(text));
}

// The text of a package.json or of a file that the command line names; undefined when there is none
// to read. Not restricted by the permission model.
std::optional<std::string> ReadIfThere(const std::string& path) {
  absl::StatusOr<std::string> text = ReadWholeFile(path);
  if (!text.ok()) return std::nullopt;
  return *std::move(text);
}

// The magic comment of a compiled function: //# sourceMappingURL=
v8::Local<v8::Value> SourceMapUrl(Environment& env, v8::Local<v8::Function> function) {
  return function->GetScriptOrigin().SourceMapUrl();
}

v8::Local<v8::Value> GetAttachedSource(Environment& env, v8::Local<v8::Value> error) {
  return AttachedSource(env, error);
}

// Remembers where an error was made, for one that will be thrown again from here.
void AttachOrigin(Environment& env, v8::Local<v8::Value> error) {
  AttachSource(env, error, v8::Exception::CreateMessage(env.isolate(), error));
}

void Install(Environment& env) { InstallModuleCallbacks(env); }

void EnableCompileCache(Environment& env, std::string folder, const std::string& program) {
  env.State<CompileCache>().Enable(std::move(folder), program);
}

void SaveCompileCache(Environment& env) { env.State<CompileCache>().Save(); }

// The message of the error, if there is one.
std::optional<std::string> OpenCacheFolder(Environment& env, std::string folder, bool portable,
                                           bool verbose) {
  const int error = env.State<CompileCache>().folder().Open(std::move(folder), portable, verbose);
  if (error == 0) return std::nullopt;
  return uv_strerror(-error);
}

std::string CodeVersion() { return absl::StrCat(absl::Hex(CodeVersionTag(), absl::kZeroPad16)); }

std::optional<std::string> FindTranspiled(Environment& env, int32_t kind,
                                          v8::Local<v8::String> name,
                                          v8::Local<v8::String> source) {
  CacheFolder& folder = env.State<CompileCache>().folder();
  if (!folder.is_open()) return std::nullopt;
  return folder.Transpiled(static_cast<CacheFolder::Kind>(kind), name, source);
}

void RememberTranspiled(Environment& env, int32_t kind, v8::Local<v8::String> name,
                        v8::Local<v8::String> source, std::string text) {
  CacheFolder& folder = env.State<CompileCache>().folder();
  if (!folder.is_open()) return;
  folder.RememberTranspiled(static_cast<CacheFolder::Kind>(kind), name, source, std::move(text));
}

void DeclareCompileCache(BindingBuilder& b) {
  b.Function<EnableCompileCache>("enableCompileCache");
  b.Function<SaveCompileCache>("saveCompileCache");
  b.Function<OpenCacheFolder>("openCacheFolder");
  b.Function<CodeVersion>("codeVersion");
  b.Function<FindTranspiled>("findTranspiled");
  b.Function<RememberTranspiled>("rememberTranspiled");
  using Kind = CacheFolder::Kind;
  b.Constant("kStripped", static_cast<int32_t>(Kind::kStrippedTypeScript));
  b.Constant("kTransformed", static_cast<int32_t>(Kind::kTransformedTypeScript));
  b.Constant("kTransformedWithSourceMaps",
             static_cast<int32_t>(Kind::kTransformedTypeScriptWithSourceMaps));
}

void DeclareModuleWrap(BindingBuilder& b) {
  b.Class<ModuleWrap>("ModuleWrap")
      .Constructor<v8::Local<v8::Value>, v8::Local<v8::Value>, v8::Local<v8::Value>,
                   v8::Local<v8::Value>, v8::Local<v8::Value>, v8::Local<v8::Value>>()
      .Method<&ModuleWrap::GetModuleRequests>("getModuleRequests")
      .Method<&ModuleWrap::Link>("link")
      .Method<&ModuleWrap::Instantiate>("instantiate")
      .Method<&ModuleWrap::Evaluate>("evaluate")
      .Method<&ModuleWrap::GetNamespace>("getNamespace")
      .Method<&ModuleWrap::GetStatus>("getStatus")
      .Method<&ModuleWrap::GetError>("getError")
      .Method<&ModuleWrap::IsGraphAsync>("isGraphAsync")
      .Method<&ModuleWrap::HasTopLevelAwait>("hasTopLevelAwait")
      .Method<&ModuleWrap::SetExport>("setExport")
      .Method<&ModuleWrap::CreateCachedData>("createCachedData")
      .Method<&ModuleWrap::StalledAwaits>("stalledAwaits")
      .Method<&ModuleWrap::SourceMapUrl>("sourceMapUrl")
      .Getter<&ModuleWrap::code_cache_rejected>("codeCacheRejected");
  b.Constant("kUninstantiated", static_cast<int32_t>(v8::Module::kUninstantiated));
  b.Constant("kInstantiating", static_cast<int32_t>(v8::Module::kInstantiating));
  b.Constant("kInstantiated", static_cast<int32_t>(v8::Module::kInstantiated));
  b.Constant("kSourcePhase", static_cast<int32_t>(v8::ModuleImportPhase::kSource));
  b.Constant("kEvaluating", static_cast<int32_t>(v8::Module::kEvaluating));
  b.Constant("kEvaluated", static_cast<int32_t>(v8::Module::kEvaluated));
  b.Constant("kErrored", static_cast<int32_t>(v8::Module::kErrored));
}

}  // namespace

void InitModules(BindingBuilder& b) {
  b.Function<Stat>("stat");
  b.Function<RealPath>("realpath");
  b.Function<ReadFile>("readFile");
  b.Function<ReadStdin>("readStdin");
  b.Function<ReadIfThere>("readIfThere");
  b.Function<CompileCommonJs>("compileCommonJS");
  b.Function<HasModuleSyntax>("hasModuleSyntax");
  b.Function<LexExports>("lexExports");
  b.Function<SourceMapUrl>("sourceMapUrl");
  b.Function<GetAttachedSource>("attachedSource");
  b.Function<DetachSource>("detachSource");
  b.Function<AttachOrigin>("attachOrigin");
  b.Function<AttachSourceText>("attachSource");
  b.Function<Install>("install");
  DeclareCompileCache(b);
  b.Value("defaultHostSymbol", [](Environment& env) { return DefaultHostSymbol(env); });
  DeclareModuleWrap(b);
}

}  // namespace gyre
