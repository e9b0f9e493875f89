#include "runtime/child_process/binding.h"

#include <cmath>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/log/check.h"
#include "runtime/child_process/ipc_serializer.h"
#include "runtime/child_process/ipc_stream.h"
#include "runtime/child_process/process_handle.h"
#include "runtime/child_process/spawn_sync.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// Flat: kind, value, input, ... A pipe's value says whether the child reads from it; then `input`
// are its bytes.
std::vector<SyncStdio> ToSyncStdio(Environment& env, v8::Local<v8::Array> flat) {
  auto element = [&](uint32_t i) { return flat->Get(env.context(), i).ToLocalChecked(); };
  std::vector<SyncStdio> stdio(flat->Length() / 3);
  for (size_t i = 0; i < stdio.size(); i++) {
    stdio[i].kind = static_cast<SyncStdio::Kind>(FromV8<int32_t>(env, element(3 * i)));
    if (stdio[i].kind == SyncStdio::kFd) stdio[i].fd = FromV8<int32_t>(env, element(3 * i + 1));
    if (stdio[i].kind != SyncStdio::kPipe) continue;
    stdio[i].readable = FromV8<bool>(env, element(3 * i + 1));
    v8::Local<v8::Value> input = element(3 * i + 2);
    if (!input->IsNullOrUndefined()) stdio[i].input = std::string(FromV8<Bytes>(env, input).view());
  }
  return stdio;
}

v8::Local<v8::Value> OutputToV8(Environment& env, const std::optional<std::string>& output) {
  if (!output) return v8::Null(env.isolate());
  return CopyToUint8Array(
      env, std::span(reinterpret_cast<const uint8_t*>(output->data()), output->size()));
}

// spawnSync(file, args, env, cwd, uid, gid, detached, stdio, timeout, maxBuffer, killSignal):
// [error, pid, status, signal, output or null].
void SpawnSyncFromJs(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  CHECK_EQ(info.Length(), 11);
  SyncSpawnOptions options;
  options.process.file = FromV8<std::string>(env, info[0]);
  options.process.args = FromV8<std::vector<std::string>>(env, info[1]);
  options.process.env = FromV8<std::optional<std::vector<std::string>>>(env, info[2]);
  options.process.cwd = FromV8<std::optional<std::string>>(env, info[3]);
  options.process.uid = FromV8<std::optional<int32_t>>(env, info[4]);
  options.process.gid = FromV8<std::optional<int32_t>>(env, info[5]);
  options.process.detached = FromV8<bool>(env, info[6]);
  options.stdio = ToSyncStdio(env, FromV8<v8::Local<v8::Array>>(env, info[7]));
  options.timeout_ms = FromV8<uint64_t>(env, info[8]);
  options.max_buffer = FromV8<double>(env, info[9]);
  options.kill_signal = FromV8<int32_t>(env, info[10]);

  SyncSpawnResult result = SpawnSync(std::move(options));

  v8::Local<v8::Value> output = v8::Null(env.isolate());
  if (result.pid != 0) {
    std::vector<v8::Local<v8::Value>> outputs;
    for (const auto& bytes : result.output) outputs.push_back(OutputToV8(env, bytes));
    output = v8::Array::New(env.isolate(), outputs.data(), outputs.size());
  }
  v8::Local<v8::Value> values[] = {ToV8(env, result.error), ToV8(env, result.pid),
                                   ToV8(env, result.status), ToV8(env, result.signal), output};
  info.GetReturnValue().Set(v8::Array::New(env.isolate(), values, std::size(values)));
}

void OpenIpc(Environment& env, PipeHandle* pipe, bool advanced) {
  pipe->Own(std::make_unique<IpcStream>(env, pipe, advanced));
}

// Writes a message, with a handle to send along or without: 0 when all of it left at once, 1 when
// callback(status) will follow, else a uv error. `payload` and `large` as IpcStream::Write has
// them.
v8::MaybeLocal<v8::Value> WriteIpc(Environment& env, PipeHandle* pipe, v8::Local<v8::Value> payload,
                                   v8::Local<v8::Value> handle, v8::Local<v8::Value> callback,
                                   v8::Local<v8::Value> large) {
  auto* stream = static_cast<IpcStream*>(pipe->listener());
  int32_t status = UV_EPIPE;
  if (stream != nullptr && !stream->Write(payload, handle, callback, large).To(&status)) return {};
  return ToV8(env, status);
}

// In onmessages: a handle was taken.
void AcknowledgeHandle(PipeHandle* pipe) {
  auto* stream = static_cast<IpcStream*>(pipe->listener());
  if (stream != nullptr) stream->Acknowledge();
}

// Bytes of messages that have not left whole.
double QueuedIpcBytes(PipeHandle* pipe) {
  auto* stream = static_cast<IpcStream*>(pipe->listener());
  return stream == nullptr ? 0 : static_cast<double>(stream->queued_bytes());
}

}  // namespace

void InitChildProcess(BindingBuilder& b) {
  b.Class<ProcessHandle>("Process")
      .Constructor<>()
      .Inherits<Handle>()
      .Method<&ProcessHandle::Spawn>("spawn")
      .Method<&ProcessHandle::Kill>("kill")
      .Getter<&ProcessHandle::Pid>("pid");
  b.Function<SpawnSyncFromJs>("spawnSync");
  b.Function<SetIpcHooks>("setIpcHooks");
  b.Function<OpenIpc>("openIpc");
  b.Function<WriteIpc>("writeIpc");
  b.Function<AcknowledgeHandle>("acknowledgeHandle");
  b.Function<QueuedIpcBytes>("queuedIpcBytes");
}

}  // namespace gyre
