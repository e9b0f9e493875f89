// What JavaScript asks of a session.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/glue/convert.h"
#include "runtime/http2/session.h"

namespace gyre {
namespace {

// Chunks below this size are copied: their memory may be on the JS heap.
constexpr size_t kSmallChunk = 1024;

std::string Latin1(v8::Isolate* isolate, v8::Local<v8::String> string) {
  return StreamHandle::Encode(isolate, string, StreamHandle::Encoding::kLatin1);
}

}  // namespace

int32_t Http2Session::SubmitRequest(v8::Local<v8::String> block, uint32_t count, uint32_t flags) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(Request(Latin1(isolate(), block), count, flags));
}

int32_t Http2Session::SubmitResponse(int32_t id, v8::Local<v8::String> block, uint32_t count,
                                     uint32_t flags) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  return Submitted(Respond(*stream, Latin1(isolate(), block), count, flags));
}

int32_t Http2Session::SubmitInfo(int32_t id, v8::Local<v8::String> block, uint32_t count) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  return Submitted(Info(*stream, Latin1(isolate(), block), count));
}

int32_t Http2Session::SubmitTrailers(int32_t id, v8::Local<v8::String> block, uint32_t count) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  return Submitted(Trailers(*stream, Latin1(isolate(), block), count));
}

int32_t Http2Session::SubmitPush(int32_t id, v8::Local<v8::String> block, uint32_t count) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_STREAM_CLOSED;
  return Submitted(Push(*stream, Latin1(isolate(), block), count));
}

Http2Chunk Http2Session::ChunkOf(v8::Local<v8::Value> data, int32_t encoding) {
  Http2Chunk chunk;
  if (data->IsString()) {
    chunk.copied = StreamHandle::Encode(isolate(), data.As<v8::String>(),
                                        static_cast<StreamHandle::Encoding>(encoding));
    chunk.size = chunk.copied.size();
    return chunk;
  }
  const Bytes bytes(data);
  chunk.size = bytes.size();
  if (chunk.size < kSmallChunk) {
    chunk.copied = bytes.view();
    return chunk;
  }
  auto pinned = std::make_shared<PinnedBytes>(PinnedBytes::ForReading(data));
  chunk.data = reinterpret_cast<const char*>(pinned->data());
  chunk.owner = std::move(pinned);
  return chunk;
}

int32_t Http2Session::WriteData(int32_t id, v8::Local<v8::Value> data, int32_t encoding, bool end) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  const int result = Write(*stream, ChunkOf(data, encoding));
  if (result == 0 && end) End(*stream);
  return Submitted(result);
}

int32_t Http2Session::WriteList(int32_t id, v8::Local<v8::Array> list, bool end) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  v8::Local<v8::Context> context = env().context();
  int result = 0;
  for (uint32_t i = 0; result == 0 && i + 1 < list->Length(); i += 2) {
    const auto encoding = FromV8<int32_t>(env(), list->Get(context, i + 1).ToLocalChecked());
    result = Write(*stream, ChunkOf(list->Get(context, i).ToLocalChecked(), encoding));
  }
  if (result == 0 && end) End(*stream);
  return Submitted(result);
}

int32_t Http2Session::EndData(int32_t id) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  if (stream->outgoing_ended) return 0;
  End(*stream);
  return Submitted(1);
}

int32_t Http2Session::ResetStream(int32_t id, uint32_t code) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  // Nothing was done, it says: nothing more is.
  if (code == NGHTTP2_REFUSED_STREAM) return Submitted(Reset(id, code));
  // Not before what was written has been sent, as far as it can be: nghttp2 would drop that, or
  // take back a whole request.
  resets_.emplace_back(id, code);
  return Submitted(0);
}

void Http2Session::ResumeStream(int32_t id) {
  if (Http2Stream* stream = FindOpen(id); stream != nullptr && stream->paused) {
    Resume(*stream);
    Submitted(0);
  }
}

int32_t Http2Session::SubmitSettings(std::vector<double> list) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  std::vector<nghttp2_settings_entry> entries;
  for (size_t i = 0; i + 1 < list.size(); i += 2)
    entries.push_back({static_cast<int32_t>(list[i]), static_cast<uint32_t>(list[i + 1])});
  return Submitted(Settings(entries));
}

int32_t Http2Session::SubmitPing(Bytes payload) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(nghttp2_submit_ping(session(), NGHTTP2_FLAG_NONE, payload.data()));
}

int32_t Http2Session::SubmitGoaway(uint32_t code, int32_t last_id, std::optional<Bytes> data) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  if (last_id <= 0) last_id = nghttp2_session_get_last_proc_stream_id(session());
  const Bytes none{v8::Local<v8::Value>(v8::ArrayBuffer::New(isolate(), 0))};
  const Bytes& bytes = data ? *data : none;
  return Submitted(nghttp2_submit_goaway(session(), NGHTTP2_FLAG_NONE, last_id, code, bytes.data(),
                                         bytes.size()));
}

int32_t Http2Session::SubmitAltsvc(int32_t id, std::string origin, std::string value) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(nghttp2_submit_altsvc(
      session(), NGHTTP2_FLAG_NONE, id, reinterpret_cast<const uint8_t*>(origin.data()),
      origin.size(), reinterpret_cast<const uint8_t*>(value.data()), value.size()));
}

int32_t Http2Session::SubmitOrigin(std::vector<std::string> origins) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  std::vector<nghttp2_origin_entry> entries;
  for (std::string& origin : origins)
    entries.push_back({reinterpret_cast<uint8_t*>(origin.data()), origin.size()});
  return Submitted(
      nghttp2_submit_origin(session(), NGHTTP2_FLAG_NONE, entries.data(), entries.size()));
}

int32_t Http2Session::SetNextStreamId(int32_t id) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return nghttp2_session_set_next_stream_id(session(), id);
}

int32_t Http2Session::SetLocalWindowSize(int32_t size) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(nghttp2_session_set_local_window_size(session(), NGHTTP2_FLAG_NONE, 0, size));
}

// In the order of internal/http2/session's `state`.
std::vector<double> Http2Session::State() {
  nghttp2_session* of = session();
  if (of == nullptr) return {};
  return {static_cast<double>(nghttp2_session_get_effective_local_window_size(of)),
          static_cast<double>(nghttp2_session_get_effective_recv_data_length(of)),
          static_cast<double>(nghttp2_session_get_next_stream_id(of)),
          static_cast<double>(nghttp2_session_get_local_window_size(of)),
          static_cast<double>(nghttp2_session_get_last_proc_stream_id(of)),
          static_cast<double>(nghttp2_session_get_remote_window_size(of)),
          static_cast<double>(nghttp2_session_get_outbound_queue_size(of)),
          static_cast<double>(nghttp2_session_get_hd_deflate_dynamic_table_size(of)),
          static_cast<double>(nghttp2_session_get_hd_inflate_dynamic_table_size(of))};
}

// state, localClose, remoteClose, localWindowSize
std::vector<double> Http2Session::StreamState(int32_t id) {
  nghttp2_stream* stream =
      session() == nullptr ? nullptr : nghttp2_session_find_stream(session(), id);
  if (stream == nullptr && FindOpen(id) != nullptr) return {NGHTTP2_STREAM_STATE_IDLE, 0, 0, 0};
  if (stream == nullptr) return {};
  return {static_cast<double>(nghttp2_stream_get_state(stream)),
          static_cast<double>(nghttp2_session_get_stream_local_close(session(), id)),
          static_cast<double>(nghttp2_session_get_stream_remote_close(session(), id)),
          static_cast<double>(nghttp2_session_get_stream_local_window_size(session(), id))};
}

std::vector<double> Http2Session::Statistics() {
  return {static_cast<double>(frames_received), static_cast<double>(frames_sent),
          static_cast<double>(data_received), static_cast<double>(data_sent),
          static_cast<double>(max_streams_seen)};
}

std::vector<double> Http2Session::StreamStatistics(int32_t id) {
  const Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return {};
  return {static_cast<double>(stream->received), static_cast<double>(stream->sent),
          static_cast<double>(stream->outgoing_size)};
}

void DeclareHttp2Session(BindingBuilder& b) {
  b.Class<Http2Session>("Http2Session")
      .Constructor<std::vector<double>>()
      .Method<&Http2Session::AttachStream>("attachStream")
      .Method<&Http2Session::AttachTls>("attachTls")
      .Method<&Http2Session::AttachDuplex>("attachDuplex")
      .Method<&Http2Session::ReceiveBytes>("receive")
      .Method<&Http2Session::Sent>("sent")
      .Method<&Http2Session::Flush>("flush")
      .Method<&Http2Session::Destroy>("destroy")
      .Method<&Http2Session::SubmitRequest>("request")
      .Method<&Http2Session::SubmitResponse>("respond")
      .Method<&Http2Session::SubmitInfo>("info")
      .Method<&Http2Session::SubmitTrailers>("trailers")
      .Method<&Http2Session::SubmitPush>("push")
      .Method<&Http2Session::Bind>("bind")
      .Method<&Http2Session::WriteData>("write")
      .Method<&Http2Session::WriteList>("writev")
      .Method<&Http2Session::EndData>("end")
      .Method<&Http2Session::ResetStream>("reset")
      .Method<&Http2Session::ResumeStream>("resume")
      .Method<&Http2Session::SubmitSettings>("settings")
      .Method<&Http2Session::SubmitPing>("ping")
      .Method<&Http2Session::SubmitGoaway>("goaway")
      .Method<&Http2Session::SubmitAltsvc>("altsvc")
      .Method<&Http2Session::SubmitOrigin>("origin")
      .Method<&Http2Session::SetNextStreamId>("setNextStreamId")
      .Method<&Http2Session::SetLocalWindowSize>("setLocalWindowSize")
      .Method<&Http2Session::State>("state")
      .Method<&Http2Session::StreamState>("streamState")
      .Method<&Http2Session::Statistics>("statistics")
      .Method<&Http2Session::StreamStatistics>("streamStatistics")
      .Method<&Http2Session::HasPending>("hasPending")
      .Method<&Http2Session::GetAsyncId>("getAsyncId");
}

}  // namespace gyre
