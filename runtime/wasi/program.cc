#include "runtime/wasi/program.h"

#include <concepts>
#include <tuple>
#include <utility>

#include "absl/log/check.h"
#include "deps/uvwasi/src/fd_table.h"
#include "runtime/glue/system_error.h"

namespace gyre {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;

// A WebAssembly i32 arrives as a number, signed, an i64 as a bigint; false: it is neither.
bool Take(Environment& env, v8::Local<v8::Value> value, uint32_t* result) {
  if (!value->IsInt32() && !value->IsUint32()) return false;
  *result = value->Uint32Value(env.context()).FromJust();
  return true;
}

bool Take(Environment& env, v8::Local<v8::Value> value, uint64_t* result) {
  if (!value->IsBigInt()) return false;
  *result = value.As<v8::BigInt>()->Uint64Value();
  return true;
}

// Calls one of wasi:: with what JavaScript or WebAssembly passed.
template <class... Args, size_t... I>
wasi::Errno Call(WasiProgram& program, const Info& info,
                 wasi::Errno (*function)(uvwasi_t*, const WasiMemory&, Args...),
                 std::index_sequence<I...>) {
  std::tuple<Args...> arguments;
  WasiMemory memory;
  if (info.Length() != sizeof...(Args) ||
      !(Take(program.env(), info[I], &std::get<I>(arguments)) && ...)) {
    return UVWASI_EINVAL;
  }
  if (program.GetMemory(&memory)) {
    return function(program.uvwasi(), memory, std::get<I>(arguments)...);
  }
  Throw(program.env(), NodeError(absl::StatusCode::kFailedPrecondition, "ERR_WASI_NOT_STARTED",
                                 "wasi.start() has not been called"));
  return UVWASI_EINVAL;
}

template <class... Args>
wasi::Errno Call(WasiProgram& program, const Info& info,
                 wasi::Errno (*function)(uvwasi_t*, const WasiMemory&, Args...)) {
  return Call(program, info, function, std::index_sequence_for<Args...>());
}

std::vector<const char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<const char*> pointers;
  for (const std::string& string : strings) pointers.push_back(string.c_str());
  pointers.push_back(nullptr);
  return pointers;
}

int32_t OpenProgram(WasiProgram* program, std::vector<std::string> arguments,
                    std::vector<std::string> environment, std::vector<std::string> preopens,
                    std::vector<int32_t> stdio) {
  return program->Open(arguments, environment, preopens, stdio);
}

void SetProgramMemory(WasiProgram* program, v8::Local<v8::Value> memory) {
  program->SetMemory(memory);
}

std::string ErrorName(int32_t error) { return uvwasi_embedder_err_code_to_string(error); }

}  // namespace

template <auto kFunction>
void WasiProgram::Import(const v8::FunctionCallbackInfo<v8::Value>& info) {
  info.GetReturnValue().Set(Call(*this, info, kFunction));
}

void WasiProgram::Declare(BindingBuilder& b) {
  b.Class<WasiProgram>("WASI")
      .Constructor<>()
      .Method<&WasiProgram::Import<wasi::ArgsGet>>("args_get")
      .Method<&WasiProgram::Import<wasi::ArgsSizesGet>>("args_sizes_get")
      .Method<&WasiProgram::Import<wasi::ClockResGet>>("clock_res_get")
      .Method<&WasiProgram::Import<wasi::ClockTimeGet>>("clock_time_get")
      .Method<&WasiProgram::Import<wasi::EnvironGet>>("environ_get")
      .Method<&WasiProgram::Import<wasi::EnvironSizesGet>>("environ_sizes_get")
      .Method<&WasiProgram::Import<wasi::FdAdvise>>("fd_advise")
      .Method<&WasiProgram::Import<wasi::FdAllocate>>("fd_allocate")
      .Method<&WasiProgram::Import<wasi::FdClose>>("fd_close")
      .Method<&WasiProgram::Import<wasi::FdDatasync>>("fd_datasync")
      .Method<&WasiProgram::Import<wasi::FdFdstatGet>>("fd_fdstat_get")
      .Method<&WasiProgram::Import<wasi::FdFdstatSetFlags>>("fd_fdstat_set_flags")
      .Method<&WasiProgram::Import<wasi::FdFdstatSetRights>>("fd_fdstat_set_rights")
      .Method<&WasiProgram::Import<wasi::FdFilestatGet>>("fd_filestat_get")
      .Method<&WasiProgram::Import<wasi::FdFilestatSetSize>>("fd_filestat_set_size")
      .Method<&WasiProgram::Import<wasi::FdFilestatSetTimes>>("fd_filestat_set_times")
      .Method<&WasiProgram::Import<wasi::FdPread>>("fd_pread")
      .Method<&WasiProgram::Import<wasi::FdPrestatGet>>("fd_prestat_get")
      .Method<&WasiProgram::Import<wasi::FdPrestatDirName>>("fd_prestat_dir_name")
      .Method<&WasiProgram::Import<wasi::FdPwrite>>("fd_pwrite")
      .Method<&WasiProgram::Import<wasi::FdRead>>("fd_read")
      .Method<&WasiProgram::Import<wasi::FdReaddir>>("fd_readdir")
      .Method<&WasiProgram::Import<wasi::FdRenumber>>("fd_renumber")
      .Method<&WasiProgram::Import<wasi::FdSeek>>("fd_seek")
      .Method<&WasiProgram::Import<wasi::FdSync>>("fd_sync")
      .Method<&WasiProgram::Import<wasi::FdTell>>("fd_tell")
      .Method<&WasiProgram::Import<wasi::FdWrite>>("fd_write")
      .Method<&WasiProgram::Import<wasi::PathCreateDirectory>>("path_create_directory")
      .Method<&WasiProgram::Import<wasi::PathFilestatGet>>("path_filestat_get")
      .Method<&WasiProgram::Import<wasi::PathFilestatSetTimes>>("path_filestat_set_times")
      .Method<&WasiProgram::Import<wasi::PathLink>>("path_link")
      .Method<&WasiProgram::Import<wasi::PathOpen>>("path_open")
      .Method<&WasiProgram::Import<wasi::PathReadlink>>("path_readlink")
      .Method<&WasiProgram::Import<wasi::PathRemoveDirectory>>("path_remove_directory")
      .Method<&WasiProgram::Import<wasi::PathRename>>("path_rename")
      .Method<&WasiProgram::Import<wasi::PathSymlink>>("path_symlink")
      .Method<&WasiProgram::Import<wasi::PathUnlinkFile>>("path_unlink_file")
      .Method<&WasiProgram::Import<wasi::PollOneoff>>("poll_oneoff")
      .Method<&WasiProgram::Import<wasi::ProcRaise>>("proc_raise")
      .Method<&WasiProgram::Import<wasi::RandomGet>>("random_get")
      .Method<&WasiProgram::Import<wasi::SchedYield>>("sched_yield")
      .Method<&WasiProgram::Import<wasi::SockAccept>>("sock_accept")
      .Method<&WasiProgram::Import<wasi::SockRecv>>("sock_recv")
      .Method<&WasiProgram::Import<wasi::SockSend>>("sock_send")
      .Method<&WasiProgram::Import<wasi::SockShutdown>>("sock_shutdown");
  // No methods: those are all the user's.
  b.Function<OpenProgram>("open");
  b.Function<SetProgramMemory>("setMemory");
  b.Function<ErrorName>("errorName");
}

WasiProgram::WasiProgram(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {}

WasiProgram::~WasiProgram() {
  if (!is_open_) return;
  // Those of the process come first.
  for (uvwasi_fd_t fd = 3; fd < uvwasi_.fds->size; fd++) uvwasi_fd_close(&uvwasi_, fd);
  uvwasi_destroy(&uvwasi_);
}

int32_t WasiProgram::Open(const std::vector<std::string>& arguments,
                          const std::vector<std::string>& environment,
                          const std::vector<std::string>& preopens,
                          const std::vector<int32_t>& stdio) {
  CHECK(!is_open_);
  const std::vector<const char*> argv = Pointers(arguments);
  std::vector<const char*> envp = Pointers(environment);
  std::vector<uvwasi_preopen_t> folders;
  for (size_t i = 0; i + 1 < preopens.size(); i += 2) {
    folders.push_back({.mapped_path = preopens[i].c_str(), .real_path = preopens[i + 1].c_str()});
  }
  uvwasi_options_t options;
  uvwasi_options_init(&options);
  options.in = stdio[0];
  options.out = stdio[1];
  options.err = stdio[2];
  options.argc = arguments.size();
  options.argv = const_cast<const char**>(argv.data());
  options.envp = envp.data();
  options.preopenc = folders.size();
  options.preopens = folders.data();
  const uvwasi_errno_t error = uvwasi_init(&uvwasi_, &options);
  is_open_ = error == UVWASI_ESUCCESS;
  return error;
}

void WasiProgram::SetMemory(v8::Local<v8::Value> memory) {
  if (memory->IsWasmMemoryObject()) {
    memory_.Reset(isolate(), memory.As<v8::WasmMemoryObject>());
    return;
  }
  Throw(env(), NodeError(absl::StatusCode::kInvalidArgument, "ERR_INVALID_ARG_TYPE",
                         "\"instance.exports.memory\" property must be a WebAssembly.Memory "
                         "object"));
}

bool WasiProgram::GetMemory(WasiMemory* memory) {
  if (memory_.IsEmpty()) return false;
  v8::HandleScope scope(isolate());
  // Asked for each time: a memory that grows moves to another buffer.
  v8::Local<v8::ArrayBuffer> buffer = memory_.Get(isolate())->Buffer();
  memory->data = static_cast<char*>(buffer->Data());
  memory->size = buffer->ByteLength();
  return true;
}

}  // namespace gyre
