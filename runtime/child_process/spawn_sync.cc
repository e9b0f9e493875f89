#include "runtime/child_process/spawn_sync.h"

#include <algorithm>
#include <csignal>
#include <memory>
#include <utility>

#include "absl/log/check.h"
#include "runtime/loop/private_loop.h"

namespace gyre {
namespace {

class Runner;

// The parent's end of one pipe.
class SyncPipe {
 public:
  SyncPipe(Runner& runner, uv_loop_t* loop, SyncStdio& stdio)
      : runner_(runner), readable_(stdio.readable), input_(std::move(stdio.input)) {
    CHECK_EQ(uv_pipe_init(loop, &pipe_, 0), 0);
    pipe_.data = this;
    write_.data = this;
  }

  uv_stdio_container_t ForChild() {
    uv_stdio_container_t container;
    container.flags = static_cast<uv_stdio_flags>(
        UV_CREATE_PIPE | (readable_ ? UV_READABLE_PIPE : UV_WRITABLE_PIPE));
    container.data.stream = stream();
    return container;
  }

  void Start();
  void Close() {
    if (!uv_is_closing(handle())) uv_close(handle(), nullptr);
  }
  bool readable() const { return readable_; }
  // The piece that went over the limit is part of it.
  std::string TakeOutput() { return std::move(output_); }

 private:
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&pipe_); }
  uv_handle_t* handle() { return reinterpret_cast<uv_handle_t*>(&pipe_); }
  void OnRead(ssize_t count);

  Runner& runner_;
  const bool readable_;
  uv_pipe_t pipe_;
  uv_write_t write_;
  std::string input_;
  std::string output_;
  char chunk_[64 * 1024];
};

class Runner {
 public:
  explicit Runner(SyncSpawnOptions options) : options_(std::move(options)) {}

  SyncSpawnResult Run();
  void OnOutput(size_t total) {
    if (total > options_.max_buffer) Fail(UV_ENOBUFS);
  }
  void Fail(int error) {
    if (result_.error == 0) result_.error = error;
    Kill();
  }

 private:
  int Start();
  void StartTimer();
  void Kill();
  void CloseTimer();
  static void OnExit(uv_process_t* process, int64_t status, int signal);

  SyncSpawnOptions options_;
  SyncSpawnResult result_;
  PrivateLoop loop_;
  uv_process_t process_ = {};
  uv_timer_t timer_ = {};
  bool exited_ = false;
  bool killed_ = false;
  std::vector<std::unique_ptr<SyncPipe>>
      pipes_;  // by the child's descriptor; null where there is none
};

void SyncPipe::Start() {
  if (readable_) {
    // Not uv_buf_init(), whose size is 32 bits.
    uv_buf_t buffer = {.base = input_.data(), .len = input_.size()};
    // The child may close its input early: that is its right and not an error. Its end of file is
    // our close.
    int error = uv_write(&write_, stream(), &buffer, 1, [](uv_write_t* write, int) {
      static_cast<SyncPipe*>(write->data)->Close();
    });
    if (error != 0) Close();
    return;
  }
  uv_read_start(
      stream(),
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        auto* self = static_cast<SyncPipe*>(handle->data);
        *buffer = uv_buf_init(self->chunk_, sizeof(self->chunk_));
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t*) {
        static_cast<SyncPipe*>(stream->data)->OnRead(count);
      });
}

void SyncPipe::OnRead(ssize_t count) {
  if (count < 0) {
    Close();
    if (count != UV_EOF) runner_.Fail(static_cast<int>(count));
    return;
  }
  output_.append(chunk_, count);
  runner_.OnOutput(output_.size());
}

int Runner::Start() {
  std::vector<uv_stdio_container_t> stdio;
  for (SyncStdio& entry : options_.stdio) {
    uv_stdio_container_t container = {.flags = UV_IGNORE, .data = {}};
    pipes_.push_back(nullptr);
    if (entry.kind == SyncStdio::kPipe) {
      pipes_.back() = std::make_unique<SyncPipe>(*this, loop_.uv(), entry);
      container = pipes_.back()->ForChild();
    } else if (entry.kind == SyncStdio::kFd) {
      container.flags = UV_INHERIT_FD;
      container.data.fd = entry.fd;
    }
    stdio.push_back(container);
  }
  uv_process_options_t uv_options = options_.process.ToUv(stdio, OnExit);
  process_.data = this;
  return uv_spawn(loop_.uv(), &process_, &uv_options);
}

void Runner::StartTimer() {
  CHECK_EQ(uv_timer_init(loop_.uv(), &timer_), 0);
  timer_.data = this;
  uv_timer_start(
      &timer_, [](uv_timer_t* timer) { static_cast<Runner*>(timer->data)->Fail(UV_ETIMEDOUT); },
      options_.timeout_ms, 0);
}

SyncSpawnResult Runner::Run() {
  const int error = Start();
  if (error != 0) {
    result_.error = error;
    for (auto& pipe : pipes_) {
      if (pipe) pipe->Close();
    }
    uv_close(reinterpret_cast<uv_handle_t*>(&process_), nullptr);
    loop_.Run();
    return std::move(result_);
  }
  result_.pid = process_.pid;
  if (options_.timeout_ms > 0) StartTimer();
  for (auto& pipe : pipes_) {
    if (pipe) pipe->Start();
  }
  loop_.Run();
  for (auto& pipe : pipes_) {
    if (pipe && !pipe->readable()) {
      result_.output.emplace_back(pipe->TakeOutput());
    } else {
      result_.output.emplace_back(std::nullopt);
    }
  }
  return std::move(result_);
}

void Runner::Kill() {
  if (killed_) return;
  killed_ = true;
  // What a grandchild still writes is not waited for.
  for (auto& pipe : pipes_) {
    if (pipe) pipe->Close();
  }
  CloseTimer();
  if (exited_) return;
  const int signal = options_.kill_signal > 0 ? options_.kill_signal : SIGTERM;
  const int error = uv_process_kill(&process_, signal);
  if (error != 0 && error != UV_ESRCH) uv_process_kill(&process_, SIGKILL);
}

void Runner::CloseTimer() {
  auto* handle = reinterpret_cast<uv_handle_t*>(&timer_);
  if (timer_.data != nullptr && !uv_is_closing(handle)) uv_close(handle, nullptr);
}

void Runner::OnExit(uv_process_t* process, int64_t status, int signal) {
  auto* self = static_cast<Runner*>(process->data);
  self->exited_ = true;
  self->result_.status = status;
  self->result_.signal = signal;
  uv_close(reinterpret_cast<uv_handle_t*>(process), nullptr);
  // From here only output that is still in the pipes is waited for.
  self->CloseTimer();
}

}  // namespace

SyncSpawnResult SpawnSync(SyncSpawnOptions options) { return Runner(std::move(options)).Run(); }

}  // namespace gyre
