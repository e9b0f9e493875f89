// WASI's calls on names, which are relative to a folder that the program was given.

#include "runtime/wasi/calls.h"

namespace gyre::wasi {

Errno PathCreateDirectory(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length) {
  if (!memory.Has(path, length)) return UVWASI_EOVERFLOW;
  return uvwasi_path_create_directory(wasi, fd, memory.At(path), length);
}

Errno PathFilestatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t flags, uint32_t path,
                      uint32_t length, uint32_t stat) {
  if (!memory.Has(path, length) || !memory.Has(stat, UVWASI_SERDES_SIZE_filestat_t)) {
    return UVWASI_EOVERFLOW;
  }
  uvwasi_filestat_t value;
  const Errno error = uvwasi_path_filestat_get(wasi, fd, flags, memory.At(path), length, &value);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_filestat_t(memory.data, stat, &value);
  return error;
}

Errno PathFilestatSetTimes(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t lookup, uint32_t path,
                           uint32_t length, uint64_t atime, uint64_t mtime, uint32_t flags) {
  if (!memory.Has(path, length)) return UVWASI_EOVERFLOW;
  return uvwasi_path_filestat_set_times(wasi, fd, lookup, memory.At(path), length, atime, mtime,
                                        flags);
}

Errno PathLink(uvwasi_t* wasi, M memory, uint32_t old_fd, uint32_t flags, uint32_t old_path,
               uint32_t old_length, uint32_t new_fd, uint32_t new_path, uint32_t new_length) {
  if (!memory.Has(old_path, old_length) || !memory.Has(new_path, new_length)) {
    return UVWASI_EOVERFLOW;
  }
  return uvwasi_path_link(wasi, old_fd, flags, memory.At(old_path), old_length, new_fd,
                          memory.At(new_path), new_length);
}

Errno PathOpen(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t lookup, uint32_t path,
               uint32_t length, uint32_t open_flags, uint64_t base, uint64_t inheriting,
               uint32_t fd_flags, uint32_t opened) {
  if (!memory.Has(path, length) || !memory.Has(opened, UVWASI_SERDES_SIZE_fd_t)) {
    return UVWASI_EOVERFLOW;
  }
  uvwasi_fd_t result;
  const Errno error = uvwasi_path_open(wasi, fd, lookup, memory.At(path), length, open_flags, base,
                                       inheriting, fd_flags, &result);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_fd_t(memory.data, opened, result);
  return error;
}

Errno PathReadlink(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length,
                   uint32_t buffer, uint32_t size, uint32_t used) {
  if (!memory.Has(path, length) || !memory.Has(buffer, size) ||
      !memory.Has(used, UVWASI_SERDES_SIZE_size_t)) {
    return UVWASI_EOVERFLOW;
  }
  uvwasi_size_t filled;
  const Errno error =
      uvwasi_path_readlink(wasi, fd, memory.At(path), length, memory.At(buffer), size, &filled);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_size_t(memory.data, used, filled);
  return error;
}

Errno PathRemoveDirectory(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length) {
  if (!memory.Has(path, length)) return UVWASI_EOVERFLOW;
  return uvwasi_path_remove_directory(wasi, fd, memory.At(path), length);
}

Errno PathRename(uvwasi_t* wasi, M memory, uint32_t old_fd, uint32_t old_path, uint32_t old_length,
                 uint32_t new_fd, uint32_t new_path, uint32_t new_length) {
  if (!memory.Has(old_path, old_length) || !memory.Has(new_path, new_length)) {
    return UVWASI_EOVERFLOW;
  }
  return uvwasi_path_rename(wasi, old_fd, memory.At(old_path), old_length, new_fd,
                            memory.At(new_path), new_length);
}

Errno PathSymlink(uvwasi_t* wasi, M memory, uint32_t old_path, uint32_t old_length, uint32_t fd,
                  uint32_t new_path, uint32_t new_length) {
  if (!memory.Has(old_path, old_length) || !memory.Has(new_path, new_length)) {
    return UVWASI_EOVERFLOW;
  }
  return uvwasi_path_symlink(wasi, memory.At(old_path), old_length, fd, memory.At(new_path),
                             new_length);
}

Errno PathUnlinkFile(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length) {
  if (!memory.Has(path, length)) return UVWASI_EOVERFLOW;
  return uvwasi_path_unlink_file(wasi, fd, memory.At(path), length);
}

}  // namespace gyre::wasi
