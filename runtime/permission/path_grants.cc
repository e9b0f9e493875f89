#include "runtime/permission/path_grants.h"

#include <sys/stat.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace gyre {
namespace {

bool IsFolder(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

std::string AbsolutePath(std::string_view folder, std::string_view path) {
  const std::string joined =
      path.starts_with('/') ? std::string(path) : absl::StrCat(folder, "/", path);
  std::string result;
  for (std::string_view part : absl::StrSplit(joined, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      const size_t slash = result.rfind('/');
      result.resize(slash == std::string::npos ? 0 : slash);
    } else {
      absl::StrAppend(&result, "/", part);
    }
  }
  return result.empty() ? "/" : result;
}

PathGrants::Entry PathGrants::Parse(std::string_view folder, std::string_view value) {
  const size_t star = value.find('*');
  if (star == std::string_view::npos) {
    std::string path = AbsolutePath(folder, value);
    const Kind kind = IsFolder(path) ? Kind::kFolder : Kind::kFile;
    return {std::move(path), kind};
  }
  const std::string_view before = value.substr(0, star);
  // `/a/*` is the folder, whether it exists or not; `/a/b*` all that begins so.
  std::string path = AbsolutePath(folder, before);
  return {std::move(path), before.empty() || before.ends_with('/') ? Kind::kFolder : Kind::kPrefix};
}

void PathGrants::Grant(std::string_view folder, std::string_view value) {
  if (value == "*") {
    all_ = true;
  } else if (!value.empty()) {
    entries_.push_back(Parse(folder, value));
  }
}

void PathGrants::GrantFile(std::string absolute) {
  entries_.push_back({std::move(absolute), Kind::kFile});
}

bool PathGrants::Allows(std::string_view path) const {
  if (all_) return true;
  for (const Entry& entry : entries_) {
    if (path == entry.path) return true;
    if (entry.kind == Kind::kFile || !path.starts_with(entry.path)) continue;
    if (entry.kind == Kind::kPrefix || entry.path == "/" || path[entry.path.size()] == '/') {
      return true;
    }
  }
  return false;
}

void PathGrants::Drop(std::string_view folder, std::string_view value) {
  const std::string path = Parse(folder, value).path;
  std::erase_if(entries_, [&](const Entry& entry) { return entry.path == path; });
}

void PathGrants::DropAll() {
  all_ = false;
  entries_.clear();
}

}  // namespace gyre
