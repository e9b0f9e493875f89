#ifndef GYRE_PERMISSION_PATH_GRANTS_H_
#define GYRE_PERMISSION_PATH_GRANTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace gyre {

// `path` made absolute by `folder`, without empty, `.` and `..` components and without a slash at
// its end. By its text alone: symbolic links are not followed.
std::string AbsolutePath(std::string_view folder, std::string_view path);

// The paths that an option such as --allow-fs-read grants. What they mean is in
// https://nodejs.org/api/permissions.html#file-system-permissions.
class PathGrants {
 public:
  // `value` as on the command line: `*` for everything, a path with all that begins like it (`*` at
  // the end), a folder with all that is in it, or a file. Relative paths start at `folder`.
  void Grant(std::string_view folder, std::string_view value);

  // One file and nothing else.
  void GrantFile(std::string absolute);

  // Whether everything is granted.
  bool all() const { return all_; }

  // `path` has come out of AbsolutePath().
  bool Allows(std::string_view path) const;

  // Takes back what was granted for exactly this path; nothing when everything is granted.
  void Drop(std::string_view folder, std::string_view value);
  void DropAll();

 private:
  enum class Kind { kFile, kFolder, kPrefix };
  struct Entry {
    std::string path;
    Kind kind;
  };

  static Entry Parse(std::string_view folder, std::string_view value);

  bool all_ = false;
  std::vector<Entry> entries_;
};

}  // namespace gyre

#endif  // GYRE_PERMISSION_PATH_GRANTS_H_
