// WASI's calls that are about the process: arguments, clocks, random numbers, polling, sockets.

#include <memory>
#include <vector>

#include "deps/uvwasi/src/fd_table.h"
#include "runtime/wasi/calls.h"
#include "runtime/wasi/vectors.h"

namespace gyre::wasi {
namespace {

// Lets uvwasi fill `buffer` with `count` strings and writes where each begins to `list`.
Errno CopyStrings(uvwasi_t* wasi, M memory, uint32_t list, uint32_t buffer, uint32_t count,
                  uint32_t buffer_size, uvwasi_errno_t (*get)(uvwasi_t*, char**, char*)) {
  if (!memory.Has(buffer, buffer_size) ||
      !memory.HasArray(list, UVWASI_SERDES_SIZE_uint32_t, count)) {
    return UVWASI_EOVERFLOW;
  }
  std::vector<char*> strings(count);
  const Errno error = get(wasi, strings.data(), memory.At(buffer));
  if (error != UVWASI_ESUCCESS) return error;
  for (uint32_t i = 0; i < count; i++) {
    const auto offset = static_cast<uint32_t>(strings[i] - memory.data);
    uvwasi_serdes_write_uint32_t(memory.data, list + i * UVWASI_SERDES_SIZE_uint32_t, offset);
  }
  return UVWASI_ESUCCESS;
}

// Two sizes to two addresses.
Errno WriteSizes(uvwasi_t* wasi, M memory, uint32_t count, uint32_t buffer_size,
                 uvwasi_errno_t (*get)(uvwasi_t*, uvwasi_size_t*, uvwasi_size_t*)) {
  if (!memory.Has(count, UVWASI_SERDES_SIZE_size_t) ||
      !memory.Has(buffer_size, UVWASI_SERDES_SIZE_size_t)) {
    return UVWASI_EOVERFLOW;
  }
  uvwasi_size_t sizes[2];
  const Errno error = get(wasi, &sizes[0], &sizes[1]);
  if (error == UVWASI_ESUCCESS) {
    uvwasi_serdes_write_size_t(memory.data, count, sizes[0]);
    uvwasi_serdes_write_size_t(memory.data, buffer_size, sizes[1]);
  }
  return error;
}

Errno WriteTime(M memory, uint32_t at, uvwasi_timestamp_t time, Errno error) {
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_timestamp_t(memory.data, at, time);
  return error;
}

// True for a descriptor that uvwasi would take for a socket, since it may be read and written, and
// that is none. Others that are none, and flags that there are not, it refuses itself.
bool IsFile(uvwasi_t* wasi, uint32_t fd) {
  constexpr uvwasi_rights_t kReadAndWrite = UVWASI_RIGHT_FD_READ | UVWASI_RIGHT_FD_WRITE;
  const uvwasi_fd_table_t& table = *wasi->fds;
  const uvwasi_fd_wrap_t* entry = fd < table.size ? table.fds[fd] : nullptr;
  return entry != nullptr && entry->sock == nullptr &&
         (entry->rights_base & kReadAndWrite) == kReadAndWrite;
}

}  // namespace

Errno ArgsGet(uvwasi_t* wasi, M memory, uint32_t argv, uint32_t buffer) {
  return CopyStrings(wasi, memory, argv, buffer, wasi->argc, wasi->argv_buf_size, uvwasi_args_get);
}

Errno ArgsSizesGet(uvwasi_t* wasi, M memory, uint32_t count, uint32_t buffer_size) {
  return WriteSizes(wasi, memory, count, buffer_size, uvwasi_args_sizes_get);
}

Errno EnvironGet(uvwasi_t* wasi, M memory, uint32_t environ, uint32_t buffer) {
  return CopyStrings(wasi, memory, environ, buffer, wasi->envc, wasi->env_buf_size,
                     uvwasi_environ_get);
}

Errno EnvironSizesGet(uvwasi_t* wasi, M memory, uint32_t count, uint32_t buffer_size) {
  return WriteSizes(wasi, memory, count, buffer_size, uvwasi_environ_sizes_get);
}

Errno ClockResGet(uvwasi_t* wasi, M memory, uint32_t clock, uint32_t resolution) {
  if (!memory.Has(resolution, UVWASI_SERDES_SIZE_timestamp_t)) return UVWASI_EOVERFLOW;
  uvwasi_timestamp_t value;
  const Errno error = uvwasi_clock_res_get(wasi, clock, &value);
  return WriteTime(memory, resolution, value, error);
}

Errno ClockTimeGet(uvwasi_t* wasi, M memory, uint32_t clock, uint64_t precision, uint32_t time) {
  if (!memory.Has(time, UVWASI_SERDES_SIZE_timestamp_t)) return UVWASI_EOVERFLOW;
  uvwasi_timestamp_t value;
  const Errno error = uvwasi_clock_time_get(wasi, clock, precision, &value);
  return WriteTime(memory, time, value, error);
}

Errno PollOneoff(uvwasi_t* wasi, M memory, uint32_t in, uint32_t out, uint32_t count,
                 uint32_t events) {
  if (!memory.HasArray(in, UVWASI_SERDES_SIZE_subscription_t, count) ||
      !memory.HasArray(out, UVWASI_SERDES_SIZE_event_t, count) ||
      !memory.Has(events, UVWASI_SERDES_SIZE_size_t)) {
    return UVWASI_EOVERFLOW;
  }
  std::vector<uvwasi_subscription_t> subscriptions(count);
  std::vector<uvwasi_event_t> happened(count);
  for (uint32_t i = 0; i < count; i++) {
    uvwasi_serdes_read_subscription_t(memory.data, in + i * UVWASI_SERDES_SIZE_subscription_t,
                                      &subscriptions[i]);
  }
  uvwasi_size_t number = 0;
  const Errno error =
      uvwasi_poll_oneoff(wasi, subscriptions.data(), happened.data(), count, &number);
  if (error != UVWASI_ESUCCESS) return error;
  uvwasi_serdes_write_size_t(memory.data, events, number);
  for (uint32_t i = 0; i < number; i++) {
    uvwasi_serdes_write_event_t(memory.data, out + i * UVWASI_SERDES_SIZE_event_t, &happened[i]);
  }
  return UVWASI_ESUCCESS;
}

Errno ProcRaise(uvwasi_t* wasi, M memory, uint32_t signal) {
  return uvwasi_proc_raise(wasi, signal);
}

Errno RandomGet(uvwasi_t* wasi, M memory, uint32_t buffer, uint32_t size) {
  if (!memory.Has(buffer, size)) return UVWASI_EOVERFLOW;
  return uvwasi_random_get(wasi, memory.At(buffer), size);
}

Errno SchedYield(uvwasi_t* wasi, M memory) { return uvwasi_sched_yield(wasi); }

Errno SockAccept(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t flags, uint32_t fd) {
  if (!memory.Has(fd, UVWASI_SERDES_SIZE_fd_t)) return UVWASI_EOVERFLOW;
  if ((flags & ~UVWASI_FDFLAG_NONBLOCK) == 0 && IsFile(wasi, sock)) return UVWASI_ENOTSOCK;
  uvwasi_fd_t accepted;
  const Errno error = uvwasi_sock_accept(wasi, sock, flags, &accepted);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_fd_t(memory.data, fd, accepted);
  return error;
}

Errno SockRecv(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t vectors, uint32_t count,
               uint32_t flags, uint32_t size, uint32_t flags_out) {
  if (!memory.Has(size, UVWASI_SERDES_SIZE_size_t) ||
      !memory.Has(flags_out, UVWASI_SERDES_SIZE_roflags_t)) {
    return UVWASI_EOVERFLOW;
  }
  Vectors<uvwasi_iovec_t> into(memory, vectors, count);
  if (into.error() != UVWASI_ESUCCESS) return into.error();
  if (flags == 0 && IsFile(wasi, sock)) return UVWASI_ENOTSOCK;
  uvwasi_size_t received;
  uvwasi_roflags_t received_flags;
  const Errno error =
      uvwasi_sock_recv(wasi, sock, into.data(), count, flags, &received, &received_flags);
  if (error == UVWASI_ESUCCESS) {
    uvwasi_serdes_write_size_t(memory.data, size, received);
    uvwasi_serdes_write_roflags_t(memory.data, flags_out, received_flags);
  }
  return error;
}

Errno SockSend(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t vectors, uint32_t count,
               uint32_t flags, uint32_t size) {
  if (!memory.Has(size, UVWASI_SERDES_SIZE_size_t)) return UVWASI_EOVERFLOW;
  Vectors<uvwasi_ciovec_t> from(memory, vectors, count);
  if (from.error() != UVWASI_ESUCCESS) return from.error();
  if (flags == 0 && IsFile(wasi, sock)) return UVWASI_ENOTSOCK;
  uvwasi_size_t sent;
  const Errno error = uvwasi_sock_send(wasi, sock, from.data(), count, flags, &sent);
  if (error == UVWASI_ESUCCESS) uvwasi_serdes_write_size_t(memory.data, size, sent);
  return error;
}

Errno SockShutdown(uvwasi_t* wasi, M memory, uint32_t sock, uint32_t how) {
  if (how == UVWASI_SHUT_WR && IsFile(wasi, sock)) return UVWASI_ENOTSOCK;
  return uvwasi_sock_shutdown(wasi, sock, how);
}

}  // namespace gyre::wasi
