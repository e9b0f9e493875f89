#ifndef GYRE_WASI_CALLS_H_
#define GYRE_WASI_CALLS_H_

#include <cstddef>
#include <cstdint>

#include "uvwasi.h"
#include "wasi_serdes.h"

// The calls of wasi_snapshot_preview1 as WebAssembly makes them: pointers are offsets into its
// memory and nothing of it is to be trusted. Each checks where it reads and writes, and leaves the
// rest to uvwasi. What they return is a WASI errno.

namespace gyre {

// The linear memory of a program during one call.
struct WasiMemory {
  bool Has(uint32_t at, size_t bytes) const {
    return uvwasi_serdes_check_bounds(at, size, bytes) != 0;
  }
  bool HasArray(uint32_t at, size_t element, size_t count) const {
    return uvwasi_serdes_check_array_bounds(at, size, element, count) != 0;
  }
  char* At(uint32_t at) const { return data + at; }

  char* data = nullptr;
  size_t size = 0;
};

namespace wasi {

using Errno = uint32_t;
using M = const WasiMemory&;

// process_calls.cc: arguments, clocks, random numbers, polling, sockets.
Errno ArgsGet(uvwasi_t* wasi, M memory, uint32_t argv, uint32_t buffer);
Errno ArgsSizesGet(uvwasi_t* wasi, M memory, uint32_t count, uint32_t buffer_size);
Errno ClockResGet(uvwasi_t* wasi, M memory, uint32_t clock, uint32_t resolution);
Errno ClockTimeGet(uvwasi_t* wasi, M memory, uint32_t clock, uint64_t precision, uint32_t time);
Errno EnvironGet(uvwasi_t* wasi, M memory, uint32_t environ, uint32_t buffer);
Errno EnvironSizesGet(uvwasi_t* wasi, M memory, uint32_t count, uint32_t buffer_size);
Errno PollOneoff(uvwasi_t* wasi, M memory, uint32_t in, uint32_t out, uint32_t count,
                 uint32_t events);
Errno ProcRaise(uvwasi_t* wasi, M memory, uint32_t signal);
Errno RandomGet(uvwasi_t* wasi, M memory, uint32_t buffer, uint32_t size);
Errno SchedYield(uvwasi_t* wasi, M memory);
Errno SockAccept(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t flags, uint32_t fd);
Errno SockRecv(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t vectors, uint32_t count,
               uint32_t flags, uint32_t size, uint32_t flags_out);
Errno SockSend(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t vectors, uint32_t count,
               uint32_t flags, uint32_t size);
Errno SockShutdown(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t how);

// fd_calls.cc: what is done to open files.
Errno FdAdvise(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t offset, uint64_t size,
               uint32_t advice);
Errno FdAllocate(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t offset, uint64_t size);
Errno FdClose(uvwasi_t* wasi, M memory, uint32_t fd);
Errno FdDatasync(uvwasi_t* wasi, M memory, uint32_t fd);
Errno FdFdstatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t stat);
Errno FdFdstatSetFlags(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t flags);
Errno FdFdstatSetRights(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t base, uint64_t inheriting);
Errno FdFilestatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t stat);
Errno FdFilestatSetSize(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t size);
Errno FdFilestatSetTimes(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t atime, uint64_t mtime,
                         uint32_t flags);
Errno FdPread(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
              uint64_t offset, uint32_t size);
Errno FdPrestatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t stat);
Errno FdPrestatDirName(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t size);
Errno FdPwrite(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
               uint64_t offset, uint32_t size);
Errno FdRead(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
             uint32_t size);
Errno FdReaddir(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t buffer, uint32_t size,
                uint64_t cookie, uint32_t used);
Errno FdRenumber(uvwasi_t* wasi, M memory, uint32_t from, uint32_t to);
Errno FdSeek(uvwasi_t* wasi, M memory, uint32_t fd, uint64_t offset, uint32_t whence,
             uint32_t position);
Errno FdSync(uvwasi_t* wasi, M memory, uint32_t fd);
Errno FdTell(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t position);
Errno FdWrite(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t vectors, uint32_t count,
              uint32_t size);

// path_calls.cc: what is done to names, each with its length behind it.
Errno PathCreateDirectory(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length);
Errno PathFilestatGet(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t flags, uint32_t path,
                      uint32_t length, uint32_t stat);
Errno PathFilestatSetTimes(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t lookup, uint32_t path,
                           uint32_t length, uint64_t atime, uint64_t mtime, uint32_t flags);
Errno PathLink(uvwasi_t* wasi, M memory, uint32_t old_fd, uint32_t flags, uint32_t old_path,
               uint32_t old_length, uint32_t new_fd, uint32_t new_path, uint32_t new_length);
Errno PathOpen(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t lookup, uint32_t path,
               uint32_t length, uint32_t open_flags, uint64_t base, uint64_t inheriting,
               uint32_t fd_flags, uint32_t opened);
Errno PathReadlink(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length,
                   uint32_t buffer, uint32_t size, uint32_t used);
Errno PathRemoveDirectory(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length);
Errno PathRename(uvwasi_t* wasi, M memory, uint32_t old_fd, uint32_t old_path, uint32_t old_length,
                 uint32_t new_fd, uint32_t new_path, uint32_t new_length);
Errno PathSymlink(uvwasi_t* wasi, M memory, uint32_t old_path, uint32_t old_length, uint32_t fd,
                  uint32_t new_path, uint32_t new_length);
Errno PathUnlinkFile(uvwasi_t* wasi, M memory, uint32_t fd, uint32_t path, uint32_t length);

}  // namespace wasi
}  // namespace gyre

#endif  // GYRE_WASI_CALLS_H_
