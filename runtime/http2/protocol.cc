#include "runtime/http2/protocol.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace gyre {
namespace {

// The overhead of a header in the size of a list of headers (RFC 9113, 6.5.2).
constexpr size_t kHeaderOverhead = 32;
constexpr size_t kFrameHead = 9;
constexpr size_t kDefaultMaxHeaderSize = 65535;
// nghttp2 refuses more acknowledgements than this that wait to be sent: a flood.
constexpr size_t kMaxOutboundAcks = 1000;

// nghttp2's memory, counted per session.
void* Count(void* memory, void* total) {
  if (memory != nullptr) *static_cast<size_t*>(total) += malloc_usable_size(memory);
  return memory;
}

void Uncount(void* memory, void* total) {
  if (memory != nullptr) *static_cast<size_t*>(total) -= malloc_usable_size(memory);
}

void* CountedMalloc(size_t size, void* total) { return Count(std::malloc(size), total); }

void* CountedCalloc(size_t count, size_t size, void* total) {
  return Count(std::calloc(count, size), total);
}

void* CountedRealloc(void* memory, size_t size, void* total) {
  Uncount(memory, total);
  void* moved = std::realloc(memory, size);
  if (moved == nullptr && size > 0) {
    Count(memory, total);
    return nullptr;
  }
  return Count(moved, total);
}

void CountedFree(void* memory, void* total) {
  Uncount(memory, total);
  std::free(memory);
}

}  // namespace

// nghttp2's callbacks, each to its member function.
struct Http2Callbacks {
  static Http2Protocol& Self(void* user) { return *static_cast<Http2Protocol*>(user); }

  class Depth {
   public:
    explicit Depth(Http2Protocol& self) : self_(self) { self_.depth_++; }
    ~Depth() { self_.depth_--; }

   private:
    Http2Protocol& self_;
  };

  static int OnBeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    return Self(user).BeginHeaders(frame);
  }
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name,
                      size_t name_size, const uint8_t* value, size_t value_size, uint8_t flags,
                      void* user) {
    return Self(user).AddHeader(frame, {reinterpret_cast<const char*>(name), name_size},
                                {reinterpret_cast<const char*>(value), value_size}, flags);
  }
  // A header that may not be is left out.
  static int OnInvalidHeader(nghttp2_session*, const nghttp2_frame*, nghttp2_rcbuf*, nghttp2_rcbuf*,
                             uint8_t, void*) {
    return 0;
  }
  static int OnFrameReceived(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    return Self(user).FrameReceived(frame);
  }
  static int OnData(nghttp2_session*, uint8_t, int32_t id, const uint8_t* data, size_t size,
                    void* user) {
    return Self(user).DataReceived(id, reinterpret_cast<const char*>(data), size);
  }
  static int OnStreamClose(nghttp2_session*, int32_t id, uint32_t code, void* user) {
    return Self(user).StreamClosed(id, code);
  }
  static int OnInvalidFrame(nghttp2_session*, const nghttp2_frame*, int error, void* user) {
    return Self(user).InvalidFrame(error);
  }
  static int OnFrameSent(nghttp2_session*, const nghttp2_frame*, void* user) {
    Self(user).frames_sent++;
    return 0;
  }
  static int OnFrameNotSent(nghttp2_session*, const nghttp2_frame* frame, int error, void* user) {
    // The stream or the session went away meanwhile: nothing that anybody must be told.
    if (error == NGHTTP2_ERR_SESSION_CLOSING || error == NGHTTP2_ERR_STREAM_CLOSED ||
        error == NGHTTP2_ERR_STREAM_CLOSING)
      return 0;
    Self(user).OnFrameError(frame->hd.stream_id, frame->hd.type, error);
    return 0;
  }
  static int OnError(nghttp2_session*, int error, const char*, size_t, void* user) {
    // What the peer speaks is not HTTP/2.
    if (error == NGHTTP2_ERR_SETTINGS_EXPECTED) Self(user).OnProtocolError(NGHTTP2_ERR_PROTO);
    return 0;
  }
  static nghttp2_ssize ReadSource(nghttp2_session*, int32_t id, uint8_t*, size_t length,
                                  uint32_t* flags, nghttp2_data_source*, void* user) {
    return Self(user).ReadSource(id, length, flags);
  }
  static int SendData(nghttp2_session*, nghttp2_frame* frame, const uint8_t* head, size_t length,
                      nghttp2_data_source*, void* user) {
    return Self(user).SendData(frame, head, length);
  }
  static nghttp2_ssize SelectPadding(nghttp2_session*, const nghttp2_frame* frame, size_t max,
                                     void* user) {
    return Self(user).SelectPadding(frame, max);
  }

  static void Set(nghttp2_session_callbacks* to, bool padded) {
    nghttp2_session_callbacks_set_on_begin_headers_callback(to, OnBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(to, OnHeader);
    nghttp2_session_callbacks_set_on_invalid_header_callback2(to, OnInvalidHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(to, OnFrameReceived);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(to, OnData);
    nghttp2_session_callbacks_set_on_stream_close_callback(to, OnStreamClose);
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(to, OnInvalidFrame);
    nghttp2_session_callbacks_set_on_frame_send_callback(to, OnFrameSent);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(to, OnFrameNotSent);
    nghttp2_session_callbacks_set_error_callback2(to, OnError);
    nghttp2_session_callbacks_set_send_data_callback(to, SendData);
    if (padded) nghttp2_session_callbacks_set_select_padding_callback2(to, SelectPadding);
  }
};

Http2Protocol::Http2Protocol(const Http2Options& options)
    : options_(options),
      allocator_{&memory_, CountedMalloc, CountedFree, CountedCalloc, CountedRealloc} {}

Http2Protocol::~Http2Protocol() { nghttp2_session_del(session_); }

int Http2Protocol::Open() {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_option* option = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return NGHTTP2_ERR_NOMEM;
  if (nghttp2_option_new(&option) != 0) {
    nghttp2_session_callbacks_del(callbacks);
    return NGHTTP2_ERR_NOMEM;
  }
  Http2Callbacks::Set(callbacks, options_.padding != kNoPadding);
  // The windows open again when JavaScript has taken the data.
  nghttp2_option_set_no_auto_window_update(option, 1);
  // Closed streams are not kept for a tree of priorities that is no longer in use.
  nghttp2_option_set_no_closed_streams(option, 1);
  nghttp2_option_set_max_deflate_dynamic_table_size(option, options_.max_deflate_table);
  nghttp2_option_set_max_reserved_remote_streams(option, options_.max_reserved_streams);
  nghttp2_option_set_peer_max_concurrent_streams(option, options_.peer_max_streams);
  nghttp2_option_set_max_settings(option, options_.max_settings);
  nghttp2_option_set_max_outbound_ack(option, kMaxOutboundAcks);
  nghttp2_option_set_stream_reset_rate_limit(option, options_.reset_burst, options_.reset_rate);
  if (options_.max_send_header_block > 0)
    nghttp2_option_set_max_send_header_block_length(option, options_.max_send_header_block);
  if (!options_.strict_whitespace)
    nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(option, 1);
  if (!options_.server) {
    nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_ALTSVC);
    nghttp2_option_set_builtin_recv_extension_type(option, NGHTTP2_ORIGIN);
  }
  const int error =
      options_.server
          ? nghttp2_session_server_new3(&session_, callbacks, this, option, &allocator_)
          : nghttp2_session_client_new3(&session_, callbacks, this, option, &allocator_);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  return error;
}

void Http2Protocol::Close() {
  nghttp2_session_del(std::exchange(session_, nullptr));
  streams_.clear();
  outgoing_size_ = 0;
  headers_size_ = 0;
}

bool Http2Protocol::WantsAnything() const {
  return nghttp2_session_want_read(session_) != 0 || nghttp2_session_want_write(session_) != 0;
}

// --- Streams

Http2Stream* Http2Protocol::Find(int32_t id) const {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : found->second.get();
}

Http2Stream* Http2Protocol::Add(int32_t id) {
  if (Http2Stream* stream = Find(id)) return stream;
  std::unique_ptr<Http2Stream> stream = NewStream(id);
  if (session_ == nullptr) return nullptr;
  stream->max_header_size = MaxHeaderSize();
  Http2Stream* added = stream.get();
  streams_[id] = std::move(stream);
  max_streams_seen = std::max(max_streams_seen, streams_.size());
  return added;
}

void Http2Protocol::Remove(int32_t id) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  outgoing_size_ -= found->second->outgoing_size;
  headers_size_ -= found->second->headers_held;
  streams_.erase(found);
}

bool Http2Protocol::HasRoomForStream() const {
  const uint32_t limit =
      nghttp2_session_get_local_settings(session_, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
  return streams_.size() < limit && memory() < options_.max_memory;
}

size_t Http2Protocol::MaxHeaderSize() const {
  const uint32_t setting =
      nghttp2_session_get_local_settings(session_, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE);
  return setting == std::numeric_limits<uint32_t>::max() ? kDefaultMaxHeaderSize : setting;
}

// --- What comes in

int Http2Protocol::Receive(const char* data, size_t size) {
  const Http2Callbacks::Depth depth(*this);
  const nghttp2_ssize taken =
      nghttp2_session_mem_recv2(session_, reinterpret_cast<const uint8_t*>(data), size);
  if (taken >= 0) return 0;
  return custom_error_ != 0 ? custom_error_ : static_cast<int>(taken);
}

namespace {

int32_t HeadersStreamId(const nghttp2_frame* frame) {
  return frame->hd.type == NGHTTP2_PUSH_PROMISE ? frame->push_promise.promised_stream_id
                                                : frame->hd.stream_id;
}

}  // namespace

int Http2Protocol::BeginHeaders(const nghttp2_frame* frame) {
  const int32_t id = HeadersStreamId(frame);
  Http2Stream* stream = Find(id);
  if (stream == nullptr) {
    if (!HasRoomForStream()) {
      if (rejected_streams_++ >= options_.max_rejected_streams) return NGHTTP2_ERR_CALLBACK_FAILURE;
      nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_ENHANCE_YOUR_CALM);
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    rejected_streams_ = 0;
    stream = Add(id);
  }
  stream->header_block.clear();
  stream->sensitive.clear();
  stream->header_count = 0;
  stream->header_size = 0;
  return 0;
}

int Http2Protocol::AddHeader(const nghttp2_frame* frame, std::string_view name,
                             std::string_view value, uint8_t flags) {
  Http2Stream* stream = Find(HeadersStreamId(frame));
  if (stream == nullptr) return 0;
  const size_t size = name.size() + value.size() + kHeaderOverhead;
  stream->header_size += size;
  if (stream->headers_refused || stream->header_count >= options_.max_header_pairs ||
      stream->header_size > stream->max_header_size) {
    stream->headers_refused = true;
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_ENHANCE_YOUR_CALM);
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  }
  if (name.empty()) return 0;
  if ((flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0) stream->sensitive.push_back(stream->header_count);
  stream->header_count++;
  stream->headers_held += size;
  headers_size_ += size;
  stream->header_block.append(name).push_back('\n');
  stream->header_block.append(value).push_back('\n');
  return 0;
}

int Http2Protocol::FrameReceived(const nghttp2_frame* frame) {
  frames_received++;
  const bool ends = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
  const bool ack = (frame->hd.flags & NGHTTP2_FLAG_ACK) != 0;
  switch (frame->hd.type) {
    case NGHTTP2_HEADERS:
      if (Http2Stream* stream = Find(frame->hd.stream_id); stream != nullptr) {
        OnHeaders(*stream, static_cast<Category>(frame->headers.cat), frame->hd.flags);
      }
      break;
    case NGHTTP2_PUSH_PROMISE: {
      Http2Stream* stream = Find(frame->hd.stream_id);
      Http2Stream* promised = Find(frame->push_promise.promised_stream_id);
      if (stream != nullptr && promised != nullptr)
        OnPushPromise(*stream, *promised, frame->hd.flags);
      break;
    }
    case NGHTTP2_DATA:
      // A frame that says nothing costs something, too.
      if (!ends && frame->hd.length == 0 && !TakeInvalidFrame())
        return NGHTTP2_ERR_CALLBACK_FAILURE;
      if (Http2Stream* stream = Find(frame->hd.stream_id); ends && stream != nullptr)
        OnEnd(*stream);
      break;
    case NGHTTP2_SETTINGS:
      if (ack) {
        OnSettingsAck();
      } else {
        OnSettings(frame->settings);
      }
      break;
    case NGHTTP2_PING:
      OnPing(frame->ping.opaque_data, ack);
      break;
    case NGHTTP2_GOAWAY:
      OnGoaway(frame->goaway);
      break;
    case NGHTTP2_ALTSVC:
      OnAltsvc(frame->hd.stream_id, *static_cast<nghttp2_ext_altsvc*>(frame->ext.payload));
      break;
    case NGHTTP2_ORIGIN:
      OnOrigin(*static_cast<nghttp2_ext_origin*>(frame->ext.payload));
      break;
    default:
      break;
  }
  return 0;
}

int Http2Protocol::DataReceived(int32_t id, const char* data, size_t size) {
  data_received += size;
  // The connection's window is not for holding back one stream.
  nghttp2_session_consume_connection(session_, size);
  Http2Stream* stream = Find(id);
  if (stream == nullptr) {
    nghttp2_session_consume_stream(session_, id, size);
    return 0;
  }
  stream->received += size;
  stream->unconsumed += size;
  OnData(*stream, data, size);
  stream = Find(id);
  if (stream != nullptr && !stream->paused) Resume(*stream);
  return 0;
}

void Http2Protocol::Resume(Http2Stream& stream) {
  stream.paused = false;
  if (stream.unconsumed == 0) return;
  nghttp2_session_consume_stream(session_, stream.id, std::exchange(stream.unconsumed, 0));
}

int Http2Protocol::StreamClosed(int32_t id, uint32_t code) {
  const Http2Callbacks::Depth depth(*this);
  if (Http2Stream* stream = Find(id); stream != nullptr) {
    OnClose(*stream, code);
    Remove(id);
  }
  return 0;
}

bool Http2Protocol::TakeInvalidFrame() {
  if (invalid_frames_++ <= options_.max_invalid_frames) return true;
  custom_error_ = kTooManyInvalidFrames;
  return false;
}

int Http2Protocol::InvalidFrame(int error) {
  if (!TakeInvalidFrame()) return NGHTTP2_ERR_CALLBACK_FAILURE;
  if (nghttp2_is_fatal(error) != 0 || error == NGHTTP2_ERR_STREAM_CLOSED ||
      error == NGHTTP2_ERR_PROTO || error == NGHTTP2_ERR_FLOW_CONTROL) {
    OnProtocolError(error);
  }
  return 0;
}

// --- What goes out

bool Http2Protocol::ParseBlock(std::string_view block, uint32_t count,
                               std::vector<nghttp2_nv>* headers) {
  headers->reserve(count);
  auto take = [&block](std::string_view* part) {
    const size_t end = block.find('\0');
    if (end == std::string_view::npos) return false;
    *part = block.substr(0, end);
    block.remove_prefix(end + 1);
    return true;
  };
  auto bytes = [](std::string_view part) {
    return reinterpret_cast<uint8_t*>(const_cast<char*>(part.data()));
  };
  while (!block.empty()) {
    std::string_view name;
    std::string_view value;
    if (!take(&name) || !take(&value)) return false;
    if (block.empty() || static_cast<uint8_t>(block.front()) > NGHTTP2_NV_FLAG_NO_INDEX)
      return false;
    const auto flags = static_cast<uint8_t>(block.front());
    block.remove_prefix(1);
    headers->push_back({bytes(name), bytes(value), name.size(), value.size(), flags});
  }
  // A NUL within a value would make two headers of one; JavaScript lets none through.
  return headers->size() == count;
}

nghttp2_data_provider2 Http2Protocol::Source() {
  return {.source = {.ptr = nullptr}, .read_callback = Http2Callbacks::ReadSource};
}

int32_t Http2Protocol::Request(std::string_view block, uint32_t count, uint32_t flags) {
  std::vector<nghttp2_nv> headers;
  if (!ParseBlock(block, count, &headers)) return kHeaderBlockMalformed;
  const nghttp2_data_provider2 source = Source();
  const bool body = (flags & kEndStream) == 0;
  const int32_t id = nghttp2_submit_request2(session_, nullptr, headers.data(), headers.size(),
                                             body ? &source : nullptr, nullptr);
  if (id <= 0) return id;
  Http2Stream* stream = Add(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  stream->outgoing_ended = !body;
  stream->wait_for_trailers = (flags & kWaitForTrailers) != 0;
  return id;
}

int Http2Protocol::Respond(Http2Stream& stream, std::string_view block, uint32_t count,
                           uint32_t flags) {
  std::vector<nghttp2_nv> headers;
  if (!ParseBlock(block, count, &headers)) return kHeaderBlockMalformed;
  const nghttp2_data_provider2 source = Source();
  const bool body = (flags & kEndStream) == 0;
  stream.wait_for_trailers = (flags & kWaitForTrailers) != 0;
  stream.outgoing_ended = !body;
  return nghttp2_submit_response2(session_, stream.id, headers.data(), headers.size(),
                                  body ? &source : nullptr);
}

int Http2Protocol::Info(Http2Stream& stream, std::string_view block, uint32_t count) {
  std::vector<nghttp2_nv> headers;
  if (!ParseBlock(block, count, &headers)) return kHeaderBlockMalformed;
  const int32_t result = nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, stream.id, nullptr,
                                                headers.data(), headers.size(), nullptr);
  return std::min(result, 0);
}

int Http2Protocol::Trailers(Http2Stream& stream, std::string_view block, uint32_t count) {
  std::vector<nghttp2_nv> headers;
  if (!ParseBlock(block, count, &headers)) return kHeaderBlockMalformed;
  stream.wait_for_trailers = false;
  if (!headers.empty())
    return nghttp2_submit_trailer(session_, stream.id, headers.data(), headers.size());
  // No trailers after all: an empty frame ends the stream.
  const nghttp2_data_provider2 source = Source();
  return nghttp2_submit_data2(session_, NGHTTP2_FLAG_END_STREAM, stream.id, &source);
}

int32_t Http2Protocol::Push(Http2Stream& stream, std::string_view block, uint32_t count) {
  std::vector<nghttp2_nv> headers;
  if (!ParseBlock(block, count, &headers)) return kHeaderBlockMalformed;
  const int32_t id = nghttp2_submit_push_promise(session_, NGHTTP2_FLAG_NONE, stream.id,
                                                 headers.data(), headers.size(), nullptr);
  if (id > 0 && Add(id) == nullptr) return NGHTTP2_ERR_STREAM_CLOSED;
  return id;
}

int Http2Protocol::Write(Http2Stream& stream, Http2Chunk chunk) {
  if (stream.outgoing_ended) return NGHTTP2_ERR_STREAM_SHUT_WR;
  stream.write_pending = true;
  if (chunk.size == 0) {
    if (stream.outgoing.empty()) List(stream);
    return 0;
  }
  stream.outgoing_size += chunk.size;
  outgoing_size_ += chunk.size;
  stream.outgoing.push_back(std::move(chunk));
  // Fails when nothing was deferred: then nghttp2 asks anyway.
  nghttp2_session_resume_data(session_, stream.id);
  return 0;
}

int Http2Protocol::End(Http2Stream& stream) {
  if (stream.outgoing_ended) return 0;
  stream.outgoing_ended = true;
  stream.write_pending = true;
  nghttp2_session_resume_data(session_, stream.id);
  return 0;
}

int Http2Protocol::Reset(int32_t id, uint32_t code) {
  return nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, code);
}

int Http2Protocol::Settings(const std::vector<nghttp2_settings_entry>& entries) {
  return nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, entries.data(), entries.size());
}

int Http2Protocol::Terminate(uint32_t code) {
  return nghttp2_session_terminate_session(session_, code);
}

ssize_t Http2Protocol::ReadSource(int32_t id, size_t length, uint32_t* flags) {
  Http2Stream* stream = Find(id);
  if (stream == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  if (stream->outgoing_size == 0 && !stream->outgoing_ended) return NGHTTP2_ERR_DEFERRED;
  *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  const size_t size = std::min(length, stream->outgoing_size);
  if (size == stream->outgoing_size && stream->outgoing_ended) {
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    stream->last_framed = true;
    if (stream->wait_for_trailers) {
      *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      stream->trailers_due = true;
      List(*stream);
    }
  }
  return static_cast<ssize_t>(size);
}

int Http2Protocol::SendData(const nghttp2_frame* frame, const uint8_t* head, size_t length) {
  if (out_->size() >= out_limit_) return NGHTTP2_ERR_WOULDBLOCK;
  Http2Stream* stream = Find(frame->hd.stream_id);
  if (stream == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  out_->Append({reinterpret_cast<const char*>(head), kFrameHead});
  const size_t padding = frame->data.padlen;
  if (padding > 0) *out_->Extend(1) = static_cast<char>(padding - 1);
  data_sent += length;
  stream->sent += length;
  stream->outgoing_size -= length;
  outgoing_size_ -= length;
  while (length > 0) {
    const Http2Chunk& chunk = stream->outgoing.front();
    const size_t part = std::min(length, chunk.size - stream->first_offset);
    out_->Append({chunk.begin() + stream->first_offset, part});
    stream->first_offset += part;
    length -= part;
    if (stream->first_offset < chunk.size) break;
    stream->outgoing.pop_front();
    stream->first_offset = 0;
  }
  if (padding > 1) std::memset(out_->Extend(padding - 1), 0, padding - 1);
  if (stream->outgoing.empty() && stream->write_pending &&
      stream->outgoing_ended == stream->last_framed)
    List(*stream);
  return 0;
}

int Http2Protocol::Send(ByteBuffer& out, size_t limit) {
  out_ = &out;
  out_limit_ = limit;
  int error = 0;
  {
    const Http2Callbacks::Depth depth(*this);
    while (out.size() < limit) {
      const uint8_t* data = nullptr;
      const nghttp2_ssize size = nghttp2_session_mem_send2(session_, &data);
      if (size <= 0) {
        error = static_cast<int>(size);
        break;
      }
      out.Append({reinterpret_cast<const char*>(data), static_cast<size_t>(size)});
    }
  }
  out_ = nullptr;
  return error;
}

void Http2Protocol::List(Http2Stream& stream) {
  if (stream.listed) return;
  stream.listed = true;
  listed_.push_back(stream.id);
}

void Http2Protocol::TellWritten() {
  const std::vector<int32_t> listed = std::exchange(listed_, {});
  for (const int32_t id : listed) {
    Http2Stream* stream = Find(id);
    if (stream == nullptr) continue;
    stream->listed = false;
    if (stream->write_pending && stream->outgoing.empty()) {
      stream->write_pending = false;
      OnWritten(*stream);
      stream = Find(id);
    }
    if (stream != nullptr && std::exchange(stream->trailers_due, false)) OnTrailersDue(*stream);
  }
}

ssize_t Http2Protocol::SelectPadding(const nghttp2_frame* frame, size_t max) const {
  const size_t length = frame->hd.length;
  if (options_.padding == kMaximum) return static_cast<ssize_t>(max);
  // The whole frame, its head of 9 bytes included, becomes a multiple of 8.
  const size_t rest = (length + kFrameHead) % 8;
  return static_cast<ssize_t>(rest == 0 ? length : std::min(max, length + 8 - rest));
}

}  // namespace gyre
