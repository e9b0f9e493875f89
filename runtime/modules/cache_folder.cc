#include "runtime/modules/cache_folder.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/modules/cache_files.h"
#include "runtime/modules/content_hash.h"
#include "runtime/modules/source_files.h"

namespace gyre {
namespace {

constexpr char kMagic[8] = {'g', 'y', 'r', 'e', 'f', 'i', 'l', 'e'};

// A file: this and the data.
struct Header {
  char magic[8];
  uint32_t source_size;
  uint32_t data_size;
  uint64_t source_hash;
  uint64_t data_hash;
};

const char* KindName(CacheFolder::Kind kind) {
  switch (kind) {
    case CacheFolder::Kind::kCommonJs:
      return "CommonJS";
    case CacheFolder::Kind::kModule:
      return "ESM";
    case CacheFolder::Kind::kStrippedTypeScript:
      return "StrippedTypeScript";
    case CacheFolder::Kind::kTransformedTypeScript:
      return "TransformedTypeScript";
    case CacheFolder::Kind::kTransformedTypeScriptWithSourceMaps:
      return "TransformedTypeScriptWithSourceMaps";
  }
  return "";
}

// The numbers of a header, as they are told.
std::string Numbers(const Header& header) {
  return absl::StrFormat("[%d %d %x %x]", header.source_size, header.data_size, header.source_hash,
                         header.data_hash);
}

std::string DecodedPath(std::string_view url) {
  std::string path;
  for (size_t i = strlen("file://"); i < url.size(); i++) {
    std::string byte;
    if (url[i] == '%' && i + 2 < url.size() &&
        absl::HexStringToBytes(url.substr(i + 1, 2), &byte)) {
      path += byte;
      i += 2;
    } else {
      path += url[i];
    }
  }
  return path;
}

std::string ToUtf8(v8::Isolate* isolate, v8::Local<v8::String> string) {
  v8::String::Utf8Value text(isolate, string);
  return std::string(*text, text.length());
}

}  // namespace

std::unique_ptr<v8::ScriptCompiler::CachedData> CompiledCode::Serialize(
    v8::Isolate* isolate) const {
  if (function_.IsEmpty() && script_.IsEmpty()) return nullptr;
  v8::HandleScope scope(isolate);
  return std::unique_ptr<v8::ScriptCompiler::CachedData>(
      function_.IsEmpty() ? v8::ScriptCompiler::CreateCodeCache(script_.Get(isolate))
                          : v8::ScriptCompiler::CreateCodeCacheForFunction(function_.Get(isolate)));
}

void CacheFolder::Print(std::string_view line) {
  fprintf(stderr, "[compile cache] %.*s\n", static_cast<int>(line.size()), line.data());
}

int CacheFolder::Open(std::string folder, bool portable, bool verbose) {
  verbose_ = verbose;
  if (portable) Say("using relative path");
  const int error = MakeFolders(folder);
  Say("creating cache directory %s...%s", folder, error == 0 ? "success" : strerror(error));
  if (error != 0) return error;
  folder_ = std::move(folder);
  portable_ = portable;
  return 0;
}

// What a module is known by in the folder.
std::string CacheFolder::KeyName(const std::string& name) const {
  if (!portable_) return name;
  const std::string path = absl::StartsWith(name, "file://") ? DecodedPath(name) : name;
  if (path.empty() || path[0] != '/') return name;
  std::string relative = std::filesystem::path(path).lexically_relative(folder_).string();
  Say("using relative path %s from %s", relative, folder_);
  return relative;
}

CacheFolder::Entry* CacheFolder::Find(Kind kind, v8::Local<v8::String> name,
                                      v8::Local<v8::String> source) {
  auto entry = std::make_unique<Entry>();
  entry->kind = kind;
  entry->name = ToUtf8(isolate_, name);
  entry->source_hash = HashOf(isolate_, source, 0);
  entry->source_size = source->Length();
  const uint64_t key = ContentHash(KeyName(entry->name), static_cast<uint64_t>(kind));
  std::unique_ptr<Entry>& known = entries_[key];
  // A text that is compiled again, or a file that has changed since.
  if (known != nullptr && known->source_hash == entry->source_hash) return known.get();
  entry->path = absl::StrCat(folder_, "/", absl::Hex(key, absl::kZeroPad16));
  Read(*entry);
  known = std::move(entry);
  return known.get();
}

void CacheFolder::Read(Entry& entry) {
  absl::StatusOr<std::string> file = ReadWholeFile(entry.path);
  const std::string result = file.ok() ? Check(entry, *file) : " no such file or directory";
  Say("reading cache from %s for %s %s...%s", entry.path, KindName(entry.kind), entry.name, result);
}

// Takes an entry's data out of its file, if they are those of its source; what is said of it.
std::string CacheFolder::Check(Entry& entry, std::string_view file) {
  Header header;
  if (file.size() < sizeof(header)) return "the file is too short";
  memcpy(&header, file.data(), sizeof(header));
  const std::string_view data = file.substr(sizeof(header));
  if (memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return "magic number mismatch";
  const std::string numbers = Numbers(header);
  auto mismatch = [&](const char* what, auto expected, auto actual) {
    return absl::StrFormat("%s...%s mismatch: expected %x, actual %x", numbers, what, expected,
                           actual);
  };
  if (header.source_size != entry.source_size) {
    return mismatch("code size", entry.source_size, header.source_size);
  }
  if (header.source_hash != entry.source_hash) {
    return mismatch("code hash", entry.source_hash, header.source_hash);
  }
  if (header.data_size != data.size()) return mismatch("cache size", data.size(), header.data_size);
  const uint64_t hash = ContentHash(data);
  if (header.data_hash != hash) return mismatch("cache hash", hash, header.data_hash);
  entry.data = data;
  entry.state = State::kLoaded;
  return absl::StrFormat("%s... success, size=%d", numbers, data.size());
}

void CacheFolder::Compiled(Entry* entry, bool rejected, CompiledCode code) {
  const char* what = "was accepted, keeping the in-memory entry";
  if (entry->state == State::kEmpty || rejected) {
    what = rejected ? "was rejected, initializing the in-memory entry"
                    : "was not initialized, initializing the in-memory entry";
    entry->state = State::kFresh;
    entry->code = std::move(code);
  }
  entry->data.clear();
  Say("V8 code cache for %s %s %s", KindName(entry->kind), entry->name, what);
}

std::optional<std::string> CacheFolder::Transpiled(Kind kind, v8::Local<v8::String> name,
                                                   v8::Local<v8::String> source) {
  const Entry* entry = Find(kind, name, source);
  if (entry->state == State::kEmpty) {
    Say("no transpile cache for %s %s", KindName(kind), entry->name);
    return std::nullopt;
  }
  Say("retrieving transpile cache for %s %s...success", KindName(kind), entry->name);
  return entry->data;
}

void CacheFolder::RememberTranspiled(Kind kind, v8::Local<v8::String> name,
                                     v8::Local<v8::String> source, std::string text) {
  Entry* entry = Find(kind, name, source);
  entry->data = std::move(text);
  entry->state = State::kFresh;
  Say("saving transpilation cache for %s %s", KindName(kind), entry->name);
}

void CacheFolder::Write(const Entry& entry, std::string_view data) {
  Header header = {{},
                   entry.source_size,
                   static_cast<uint32_t>(data.size()),
                   entry.source_hash,
                   ContentHash(data)};
  memcpy(header.magic, kMagic, sizeof(kMagic));
  const int error = ReplaceFile(
      entry.path,
      absl::StrCat(std::string_view(reinterpret_cast<const char*>(&header), sizeof(header)), data));
  Say("writing cache for %s %s to %s %s...%s", KindName(entry.kind), entry.name, entry.path,
      Numbers(header), error == 0 ? "success" : strerror(error));
}

void CacheFolder::Persist() {
  for (const auto& [key, entry] : entries_) {
    if (entry->state != State::kFresh) {
      Say("skip persisting %s %s because %s", KindName(entry->kind), entry->name,
          entry->state == State::kLoaded ? "cache was the same" : "the cache was not initialized");
    } else if (!entry->data.empty()) {
      Write(*entry, entry->data);
    } else if (auto code = entry->code.Serialize(isolate_)) {
      Write(*entry, {reinterpret_cast<const char*>(code->data), static_cast<size_t>(code->length)});
    }
  }
  entries_.clear();
}

}  // namespace gyre
