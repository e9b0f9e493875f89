#include "runtime/modules/compile_cache.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "runtime/modules/cache_files.h"
#include "runtime/modules/content_hash.h"

namespace gyre {
namespace {

// Shorter sources compile in less time than V8 needs to deserialize them.
constexpr uint32_t kMinSourceLength = 256;
// Less than this is not worth writing a file when the process ends.
constexpr size_t kMinFreshSize = 32 * 1024;
// A file larger than this is begun anew from what the current process has compiled.
constexpr size_t kMaxFileSize = size_t{256} << 20;

}  // namespace

struct CompileCache::Header {
  char magic[8];
  uint64_t version_tag;
  uint64_t file_size;
  uint64_t entry_count;
  uint64_t index_hash;
};

constexpr char kMagic[8] = {'g', 'y', 'r', 'e', 'c', 'o', 'd', 'e'};

CompileCache::~CompileCache() {
  if (mapped_ != nullptr) munmap(const_cast<char*>(mapped_), mapped_size_);
}

void CompileCache::Enable(std::string folder, std::string_view program) {
  folder_ = std::move(folder);
  path_ = absl::StrCat(folder_, "/",
                       absl::Hex(ContentHash(program, CodeVersionTag()), absl::kZeroPad16));
  loaded_ = false;
}

void CompileCache::Load() {
  loaded_ = true;
  int fd = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  auto close_it = absl::MakeCleanup([fd] { close(fd); });
  struct stat st;
  if (fstat(fd, &st) != 0 || static_cast<size_t>(st.st_size) < sizeof(Header)) return;
  size_t size = st.st_size;
  void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (data == MAP_FAILED) return;
  if (!Accept(static_cast<const char*>(data), size)) {
    entries_.clear();
    munmap(data, size);
    return;
  }
  mapped_ = static_cast<const char*>(data);
  mapped_size_ = size;
}

// Reads the index. Entries are checked one by one when they are used.
bool CompileCache::Accept(const char* data, size_t size) {
  Header header;
  memcpy(&header, data, sizeof(header));
  if (memcmp(header.magic, kMagic, sizeof(kMagic)) != 0 || header.file_size != size ||
      header.version_tag != CodeVersionTag() ||
      header.entry_count > (size - sizeof(header)) / sizeof(Entry)) {
    return false;
  }
  const char* index = data + sizeof(header);
  const size_t index_size = header.entry_count * sizeof(Entry);
  if (ContentHash({index, index_size}) != header.index_hash) return false;
  entries_.reserve(header.entry_count);
  for (uint64_t i = 0; i < header.entry_count; i++) {
    Entry entry;
    memcpy(&entry, index + i * sizeof(entry), sizeof(entry));
    if (entry.offset > size || entry.size > size - entry.offset) return false;
    entries_[entry.key] = entry;
  }
  return true;
}

v8::ScriptCompiler::CachedData* CompileCache::Find(Kind kind, v8::Local<v8::String> filename,
                                                   v8::Local<v8::String> source, Ticket* ticket) {
  v8::Isolate* isolate = env_.isolate();
  if (folder_cache_.is_open()) {
    ticket->entry = folder_cache_.Find(kind, filename, source);
    if (ticket->entry->state != CacheFolder::State::kLoaded) return nullptr;
    const std::string& data = ticket->entry->data;
    return new v8::ScriptCompiler::CachedData(reinterpret_cast<const uint8_t*>(data.data()),
                                              static_cast<int>(data.size()));
  }
  if (!enabled() || static_cast<uint32_t>(source->Length()) < kMinSourceLength) return nullptr;
  if (!loaded_) Load();
  ticket->key = HashOf(isolate, filename, static_cast<uint64_t>(kind) << 8) | 1;
  ticket->source_hash = HashOf(isolate, source, 0);
  ticket->source_size = source->Length();
  auto found = entries_.find(ticket->key);
  if (found == entries_.end() || found->second.source_hash != ticket->source_hash) return nullptr;
  const Entry& entry = found->second;
  const char* code = mapped_ + entry.offset;
  if (ContentHash({code, entry.size}) != entry.data_hash) return nullptr;
  return new v8::ScriptCompiler::CachedData(reinterpret_cast<const uint8_t*>(code),
                                            static_cast<int>(entry.size));
}

void CompileCache::Compiled(const Ticket& ticket, const v8::ScriptCompiler::CachedData* cached,
                            CompiledCode code) {
  if (ticket.entry != nullptr) {
    folder_cache_.Compiled(ticket.entry, cached != nullptr && cached->rejected, std::move(code));
    return;
  }
  if (ticket.key == 0 || (cached != nullptr && !cached->rejected)) return;
  fresh_.push_back({ticket, std::move(code)});
  fresh_source_size_ += ticket.source_size;
}

// The new contents of the file: what it had, with the fresh entries in place of their predecessors.
std::string CompileCache::Serialize() {
  v8::Isolate* isolate = env_.isolate();
  std::vector<Entry> index;
  std::string payload;
  auto add = [&](const Ticket& ticket, std::string_view code) {
    payload.resize((payload.size() + 7) & ~size_t{7});
    index.push_back(
        {ticket.key, ticket.source_hash, ContentHash(code), payload.size(), code.size()});
    payload.append(code);
  };
  for (const Fresh& fresh : fresh_) {
    std::unique_ptr<v8::ScriptCompiler::CachedData> data = fresh.code.Serialize(isolate);
    if (data == nullptr) continue;
    entries_.erase(fresh.ticket.key);
    add(fresh.ticket,
        {reinterpret_cast<const char*>(data->data), static_cast<size_t>(data->length)});
  }
  if (mapped_size_ <= kMaxFileSize) {
    for (const auto& [key, entry] : entries_) {
      add({key, entry.source_hash, 0}, {mapped_ + entry.offset, entry.size});
    }
  }
  const uint64_t start = sizeof(Header) + index.size() * sizeof(Entry);
  for (Entry& entry : index) entry.offset += start;
  std::string_view index_bytes(reinterpret_cast<const char*>(index.data()),
                               index.size() * sizeof(Entry));
  Header header = {
      {}, CodeVersionTag(), start + payload.size(), index.size(), ContentHash(index_bytes)};
  memcpy(header.magic, kMagic, sizeof(kMagic));
  return absl::StrCat(std::string_view(reinterpret_cast<const char*>(&header), sizeof(header)),
                      index_bytes, payload);
}

void CompileCache::Save() {
  if (folder_cache_.is_open()) folder_cache_.Persist();
  if (!enabled() || fresh_source_size_ < kMinFreshSize) return;
  std::string contents = Serialize();
  fresh_.clear();
  fresh_source_size_ = 0;
  if (ReplaceFile(path_, contents) == ENOENT && MakeFolders(folder_) == 0) {
    ReplaceFile(path_, contents);
  }
}

}  // namespace gyre
