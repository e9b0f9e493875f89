#include "runtime/zlib/binding.h"

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/loop/work.h"
#include "runtime/zlib/codec.h"
#include "runtime/zlib/constants.h"
#include "v8-external-memory-accounter.h"

namespace gyre {
namespace {

std::vector<uint8_t> CopyOf(const std::optional<Bytes>& bytes) {
  if (!bytes) return {};
  return {bytes->data(), bytes->data() + bytes->size()};
}

// What one write is about.
struct Transfer {
  int flush;
  PinnedBytes in;
  size_t in_offset;
  size_t in_length;
  PinnedBytes out;
  size_t out_offset;
  size_t out_length;
};

// A compression stream. Writes are synchronous, or one at a time on the thread pool; after each the
// array that JavaScript gave holds { room left in the output, input left }, and `error` what went
// wrong.
class ZlibStream final : public Collected {
 public:
  ZlibStream(Environment& env, v8::Local<v8::Object> self, int32_t mode,
             v8::Local<v8::Uint32Array> result)
      : Collected(env, self), mode_(static_cast<CodecMode>(mode)), result_(result) {}
  ~ZlibStream() override { Release(); }

  void InitZlib(int32_t window_bits, int32_t level, int32_t memory_level, int32_t strategy,
                std::optional<Bytes> dictionary, bool single_member) {
    Adopt(MakeZlibCodec(
        mode_, {window_bits, level, memory_level, strategy, CopyOf(dictionary), single_member}));
  }

  // False when a parameter is refused. `parameters`: key, value, key, value, ...
  bool InitBrotli(std::vector<double> parameters, std::optional<Bytes> dictionary) {
    return Adopt(MakeBrotliCodec(mode_, Pairs(parameters), CopyOf(dictionary)));
  }
  bool InitZstd(std::vector<double> parameters, std::optional<double> pledged_size,
                std::optional<Bytes> dictionary) {
    std::optional<uint64_t> size;
    if (pledged_size) size = static_cast<uint64_t>(*pledged_size);
    return Adopt(MakeZstdCodec(mode_, Pairs(parameters), size, CopyOf(dictionary)));
  }

  void WriteSync(int32_t flush, std::optional<PinnedBytes> in, double in_offset, double in_length,
                 PinnedBytes out, double out_offset, double out_length) {
    const std::optional<Transfer> transfer = MakeTransfer(
        flush, std::move(in), in_offset, in_length, std::move(out), out_offset, out_length);
    if (!transfer) return;
    Run(*transfer);
    Publish();
  }

  void Write(const v8::FunctionCallbackInfo<v8::Value>& info);

  void Reset() {
    if (busy_) {
      isolate()->ThrowException(v8::Exception::Error(v8::String::NewFromUtf8Literal(
          isolate(), "Cannot reset zlib stream while a write is in progress")));
      return;
    }
    if (codec_ != nullptr) error_ = codec_->Reset();
  }
  void SetParameters(int32_t level, int32_t strategy) {
    if (codec_ != nullptr && !busy_) error_ = codec_->SetParameters(level, strategy);
  }

  // Gives the memory back now, or when the write in progress is done.
  void Close() {
    closed_ = true;
    if (!busy_) Release();
  }

  // [message, errno, code] or undefined.
  v8::Local<v8::Value> error() {
    if (!error_) return v8::Undefined(isolate());
    v8::Local<v8::Value> parts[] = {ToV8(env(), error_->message), ToV8(env(), error_->number),
                                    ToV8(env(), error_->code)};
    return v8::Array::New(isolate(), parts, 3);
  }

  // On any thread, one at a time.
  void Run(const Transfer& transfer) {
    step_ = {transfer.in.data() + transfer.in_offset, transfer.in_length,
             transfer.out.data() + transfer.out_offset, transfer.out_length};
    error_ = codec_->Write(transfer.flush, step_);
  }

  void Started() {
    CHECK(!busy_ && codec_ != nullptr);
    busy_ = true;
    Strengthen();
  }

  void Finished() {
    busy_ = false;
    Publish();
    Weaken();
    if (closed_) Release();
  }

  bool closed() const { return closed_; }

  // Nothing, and an error is thrown, when the program has detached the input before all of it was
  // taken.
  std::optional<Transfer> MakeTransfer(int32_t flush, std::optional<PinnedBytes> in,
                                       double in_offset, double in_length, PinnedBytes out,
                                       double out_offset, double out_length) {
    Transfer transfer{flush,
                      in ? *std::move(in) : PinnedBytes(),
                      static_cast<size_t>(in_offset),
                      static_cast<size_t>(in_length),
                      std::move(out),
                      static_cast<size_t>(out_offset),
                      static_cast<size_t>(out_length)};
    if (transfer.in_offset + transfer.in_length > transfer.in.size()) {
      isolate()->ThrowException(v8::Exception::RangeError(
          v8::String::NewFromUtf8Literal(isolate(), "input buffer is out of bounds")));
      return std::nullopt;
    }
    CHECK_LE(transfer.out_offset + transfer.out_length, transfer.out.size());
    return transfer;
  }

 private:
  static CodecParameters Pairs(const std::vector<double>& list) {
    CodecParameters pairs;
    for (size_t i = 0; i + 1 < list.size(); i += 2) {
      pairs.emplace_back(static_cast<int>(list[i]), static_cast<int64_t>(list[i + 1]));
    }
    return pairs;
  }

  bool Adopt(std::unique_ptr<StreamCodec> codec) {
    codec_ = std::move(codec);
    if (codec_ == nullptr) return false;
    memory_ = codec_->memory();
    accounter_.Increase(isolate(), memory_);
    return true;
  }

  void Release() {
    if (codec_ == nullptr) return;
    codec_ = nullptr;
    accounter_.Decrease(isolate(), memory_);
  }

  void Publish() {
    const uint32_t left[] = {static_cast<uint32_t>(step_.available_out),
                             static_cast<uint32_t>(step_.available_in)};
    CHECK_GE(result_.size(), sizeof(left));
    std::memcpy(result_.data(), left, sizeof(left));
  }

  const CodecMode mode_;
  const PinnedBytes result_;
  std::unique_ptr<StreamCodec> codec_;
  CodecStep step_ = {};
  std::optional<CodecError> error_;
  size_t memory_ = 0;
  v8::ExternalMemoryAccounter accounter_;
  bool busy_ = false;
  bool closed_ = false;
};

class WriteWork final : public Work {
 public:
  WriteWork(ZlibStream& stream, v8::Local<v8::Function> callback, Transfer transfer)
      : Work(stream.env(), callback, "ZLIB", "zlib"),
        stream_(stream),
        transfer_(std::move(transfer)) {
    stream_.Started();
  }

 protected:
  void Run() override { stream_.Run(transfer_); }
  Arguments Done(Environment& env) override {
    const bool closed = stream_.closed();
    stream_.Finished();
    return {v8::Boolean::New(env.isolate(), closed)};
  }

 private:
  ZlibStream& stream_;
  const Transfer transfer_;
};

// write(flush, in, inOffset, inLength, out, outOffset, outLength, callback(closed))
void ZlibStream::Write(const v8::FunctionCallbackInfo<v8::Value>& info) {
  std::optional<Transfer> transfer = MakeTransfer(
      FromV8<int32_t>(env(), info[0]), FromV8<std::optional<PinnedBytes>>(env(), info[1]),
      FromV8<double>(env(), info[2]), FromV8<double>(env(), info[3]),
      FromV8<PinnedBytes>(env(), info[4]), FromV8<double>(env(), info[5]),
      FromV8<double>(env(), info[6]));
  if (!transfer) return;
  (new WriteWork(*this, info[7].As<v8::Function>(), *std::move(transfer)))->Start();
}

double CrcOf(v8::Local<v8::Value> data, Environment& env, uint32_t value) {
  if (data->IsString()) {
    const std::string text = FromV8<std::string>(env, data);
    return Crc32({reinterpret_cast<const uint8_t*>(text.data()), text.size()}, value);
  }
  return Crc32(Bytes(data).span(), value);
}

double Crc(Environment& env, v8::Local<v8::Value> data, uint32_t value) {
  return CrcOf(data, env, value);
}

}  // namespace

void InitZlib(BindingBuilder& b) {
  b.Function<Crc>("crc32");
  b.Function<CanShrink>("canShrink");
  b.Object("constants", [](BindingBuilder& c) { AddZlibConstants(c); });
  b.Class<ZlibStream>("Zlib")
      .Constructor<int32_t, v8::Local<v8::Uint32Array>>()
      .Getter<&ZlibStream::error>("error")
      .Method<&ZlibStream::InitZlib>("initZlib")
      .Method<&ZlibStream::InitBrotli>("initBrotli")
      .Method<&ZlibStream::InitZstd>("initZstd")
      .Method<&ZlibStream::WriteSync>("writeSync")
      .Method<&ZlibStream::Write>("write")
      .Method<&ZlibStream::SetParameters>("setParameters")
      .Method<&ZlibStream::Reset>("reset")
      .Method<&ZlibStream::Close>("close");
}

}  // namespace gyre
