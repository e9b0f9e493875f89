// WASI's calls on open files.

#include "runtime/wasi/calls.h"
#include "runtime/wasi/vectors.h"

namespace gyre::wasi {
namespace {

// Reads or writes the parts that `vectors` names and stores how much that was.
template <class Vector, class Call>
Errno Transfer(M memory, uint32_t vectors, uint32_t count, uint32_t size, Call call) {
  Vectors<Vector> parts(memory, vectors, count);
  if (parts.error() != UVWASI_ESUCCESS) return parts.error();
  if (!memory.Has(size, UVWASI_SERDES_SIZE_size_t)) return UVWASI_EOVERFLOW;
  uvwasi_size_t moved;
  const Errno error = call(parts.data(), &moved);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_size_t(memory.data, size, moved);
  return error;
}

}  // namespace

Errno FdAdvise(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t offset, uint64_t size,
               uint32_t advice) {
  return uvwasi_fd_advise(wasi, fd, offset, size, advice);
}

Errno FdAllocate(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t offset, uint64_t size) {
  return uvwasi_fd_allocate(wasi, fd, offset, size);
}

Errno FdClose(uvwasi_t* wasi, M memory, uint32_t fd) { return uvwasi_fd_close(wasi, fd); }

Errno FdDatasync(uvwasi_t* wasi, M memory, uint32_t fd) { return uvwasi_fd_datasync(wasi, fd); }

Errno FdFdstatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t stat) {
  if (!memory.Has(stat, UVWASI_SERDES_SIZE_fdstat_t)) return UVWASI_EOVERFLOW;
  uvwasi_fdstat_t value;
  const Errno error = uvwasi_fd_fdstat_get(wasi, fd, &value);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_fdstat_t(memory.data, stat, &value);
  return error;
}

Errno FdFdstatSetFlags(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t flags) {
  return uvwasi_fd_fdstat_set_flags(wasi, fd, flags);
}

Errno FdFdstatSetRights(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t base, uint64_t inheriting) {
  return uvwasi_fd_fdstat_set_rights(wasi, fd, base, inheriting);
}

Errno FdFilestatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t stat) {
  if (!memory.Has(stat, UVWASI_SERDES_SIZE_filestat_t)) return UVWASI_EOVERFLOW;
  uvwasi_filestat_t value;
  const Errno error = uvwasi_fd_filestat_get(wasi, fd, &value);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_filestat_t(memory.data, stat, &value);
  return error;
}

Errno FdFilestatSetSize(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t size) {
  return uvwasi_fd_filestat_set_size(wasi, fd, size);
}

Errno FdFilestatSetTimes(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t atime, uint64_t mtime,
                         uint32_t flags) {
  return uvwasi_fd_filestat_set_times(wasi, fd, atime, mtime, flags);
}

Errno FdPread(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
              uint64_t offset, uint32_t size) {
  return Transfer<uvwasi_iovec_t>(memory, vectors, count, size,
                                  [&](const uvwasi_iovec_t* parts, uvwasi_size_t* moved) {
                                    return uvwasi_fd_pread(wasi, fd, parts, count, offset, moved);
                                  });
}

Errno FdPrestatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t stat) {
  if (!memory.Has(stat, UVWASI_SERDES_SIZE_prestat_t)) return UVWASI_EOVERFLOW;
  uvwasi_prestat_t value;
  const Errno error = uvwasi_fd_prestat_get(wasi, fd, &value);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_prestat_t(memory.data, stat, &value);
  return error;
}

Errno FdPrestatDirName(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t size) {
  if (!memory.Has(path, size)) return UVWASI_EOVERFLOW;
  return uvwasi_fd_prestat_dir_name(wasi, fd, memory.At(path), size);
}

Errno FdPwrite(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
               uint64_t offset, uint32_t size) {
  return Transfer<uvwasi_ciovec_t>(memory, vectors, count, size,
                                   [&](const uvwasi_ciovec_t* parts, uvwasi_size_t* moved) {
                                     return uvwasi_fd_pwrite(wasi, fd, parts, count, offset, moved);
                                   });
}

Errno FdRead(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
             uint32_t size) {
  return Transfer<uvwasi_iovec_t>(memory, vectors, count, size,
                                  [&](const uvwasi_iovec_t* parts, uvwasi_size_t* moved) {
                                    return uvwasi_fd_read(wasi, fd, parts, count, moved);
                                  });
}

Errno FdReaddir(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t buffer, uint32_t size,
                uint64_t cookie, uint32_t used) {
  if (!memory.Has(buffer, size) || !memory.Has(used, UVWASI_SERDES_SIZE_size_t)) {
    return UVWASI_EOVERFLOW;
  }
  uvwasi_size_t filled;
  const Errno error = uvwasi_fd_readdir(wasi, fd, memory.At(buffer), size, cookie, &filled);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_size_t(memory.data, used, filled);
  return error;
}

Errno FdRenumber(uvwasi_t* wasi, M memory, uint32_t from, uint32_t to) {
  return uvwasi_fd_renumber(wasi, from, to);
}

Errno FdSeek(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t offset, uint32_t whence,
             uint32_t position) {
  if (!memory.Has(position, UVWASI_SERDES_SIZE_filesize_t)) return UVWASI_EOVERFLOW;
  uvwasi_filesize_t reached;
  const Errno error =
      uvwasi_fd_seek(wasi, fd, static_cast<uvwasi_filedelta_t>(offset), whence, &reached);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_filesize_t(memory.data, position, reached);
  return error;
}

Errno FdSync(uvwasi_t* wasi, M memory, uint32_t fd) { return uvwasi_fd_sync(wasi, fd); }

Errno FdTell(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t position) {
  if (!memory.Has(position, UVWASI_SERDES_SIZE_filesize_t)) return UVWASI_EOVERFLOW;
  uvwasi_filesize_t reached;
  const Errno error = uvwasi_fd_tell(wasi, fd, &reached);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_filesize_t(memory.data, position, reached);
  return error;
}

Errno FdWrite(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
              uint32_t size) {
  return Transfer<uvwasi_ciovec_t>(memory, vectors, count, size,
                                   [&](const uvwasi_ciovec_t* parts, uvwasi_size_t* moved) {
                                     return uvwasi_fd_write(wasi, fd, parts, count, moved);
                                   });
}

}  // namespace gyre::wasi
