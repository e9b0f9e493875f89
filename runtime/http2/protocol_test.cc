#include "runtime/http2/protocol.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace gyre {
namespace {

constexpr size_t kBatch = 64 * 1024;

std::string Block(const std::vector<std::pair<std::string, std::string>>& headers) {
  std::string block;
  for (const auto& [name, value] : headers) block += name + '\0' + value + '\0' + '\0';
  return block;
}

const std::string kGet =
    Block({{":method", "GET"}, {":scheme", "http"}, {":path", "/"}, {":authority", "gyre"}});

// An end that writes down what it sees; a server answers every request with its body.
class Peer final : public Http2Protocol {
 public:
  explicit Peer(const Http2Options& options) : Http2Protocol(options), server_(options.server) {
    EXPECT_EQ(Open(), 0);
  }

  std::map<int32_t, std::string> bodies;
  std::map<int32_t, std::string> headers;
  std::map<int32_t, uint32_t> closed;
  std::string answer = "hello";
  bool reads = true;
  std::function<void()> on_new_stream = [] {};

  std::string Output() {
    ByteBuffer out;
    EXPECT_EQ(Send(out, kBatch), 0);
    TellWritten();
    return std::string(out.view());
  }

 private:
  std::unique_ptr<Http2Stream> NewStream(int32_t id) override {
    on_new_stream();
    return std::make_unique<Http2Stream>(id);
  }
  void OnHeaders(Http2Stream& stream, Category, uint8_t) override {
    headers[stream.id] = stream.header_block;
    if (reads) Resume(stream);
    if (!server_) return;
    EXPECT_EQ(Respond(stream, Block({{":status", "200"}}), 1, 0), 0);
    Http2Chunk chunk;
    chunk.copied = answer;
    chunk.size = answer.size();
    EXPECT_EQ(Write(stream, std::move(chunk)), 0);
    EXPECT_EQ(Http2Protocol::End(stream), 0);
  }
  void OnPushPromise(Http2Stream&, Http2Stream&, uint8_t) override {}
  void OnData(Http2Stream& stream, const char* data, size_t size) override {
    bodies[stream.id].append(data, size);
  }
  void OnEnd(Http2Stream&) override {}
  void OnClose(Http2Stream& stream, uint32_t code) override { closed[stream.id] = code; }
  void OnWritten(Http2Stream&) override {}
  void OnTrailersDue(Http2Stream&) override {}
  void OnSettings(const nghttp2_settings&) override {}
  void OnSettingsAck() override {}
  void OnPing(const uint8_t*, bool) override {}
  void OnGoaway(const nghttp2_goaway&) override {}
  void OnAltsvc(int32_t, const nghttp2_ext_altsvc&) override {}
  void OnOrigin(const nghttp2_ext_origin&) override {}
  void OnFrameError(int32_t, uint8_t, int) override {}
  void OnProtocolError(int) override {}

  const bool server_;
};

class Http2ProtocolTest : public testing::Test {
 protected:
  void Start(Http2Options server_options = {}) {
    Http2Options client_options;
    client_options.server = false;
    server = std::make_unique<Peer>(server_options);
    client = std::make_unique<Peer>(client_options);
    server->Settings({});
    client->Settings({});
  }
  // Until neither has anything left to say.
  void Exchange() {
    for (;;) {
      const std::string to_server = client->Output();
      EXPECT_EQ(server->Receive(to_server.data(), to_server.size()), 0);
      const std::string to_client = server->Output();
      EXPECT_EQ(client->Receive(to_client.data(), to_client.size()), 0);
      if (to_server.empty() && to_client.empty()) return;
    }
  }
  int32_t Get() { return client->Request(kGet, 4, Http2Protocol::kEndStream); }

  std::unique_ptr<Peer> server;
  std::unique_ptr<Peer> client;
};

TEST_F(Http2ProtocolTest, AnswersRequests) {
  Start();
  const int32_t first = Get();
  const int32_t second = Get();
  Exchange();
  EXPECT_EQ(server->headers[first], ":method\nGET\n:scheme\nhttp\n:path\n/\n:authority\ngyre\n");
  EXPECT_EQ(client->headers[second], ":status\n200\n");
  EXPECT_EQ(client->bodies[first], "hello");
  EXPECT_EQ(client->closed[second], NGHTTP2_NO_ERROR);
  EXPECT_EQ(server->closed[first], NGHTTP2_NO_ERROR);
  EXPECT_EQ(server->stream_count(), 0u);
}

TEST_F(Http2ProtocolTest, BodiesWaitForTheWindow) {
  Start();
  server->answer.assign(200'000, 'x');
  client->reads = false;
  const int32_t id = Get();
  Exchange();
  EXPECT_EQ(client->bodies[id].size(), 65535u);
  client->Resume(*client->Find(id));
  Exchange();
  EXPECT_EQ(client->bodies[id], server->answer);
}

TEST_F(Http2ProtocolTest, RefusesBlocksThatDoNotAddUp) {
  Start();
  EXPECT_EQ(client->Request(kGet, 3, 0), Http2Protocol::kHeaderBlockMalformed);
  EXPECT_EQ(client->Request("name", 1, 0), Http2Protocol::kHeaderBlockMalformed);
  const std::string nul = kGet + Block({{"x", std::string("a\0b\0\0c", 6)}});
  EXPECT_EQ(client->Request(nul, 5, 0), Http2Protocol::kHeaderBlockMalformed);
}

TEST_F(Http2ProtocolTest, NewStreamsMayMakeMore) {
  Start();
  client->on_new_stream = [this] {
    client->on_new_stream = [] {};
    for (int i = 0; i < 50; i++) EXPECT_GT(Get(), 0);
  };
  const int32_t id = Get();
  Exchange();
  EXPECT_EQ(client->bodies[id], "hello");
  EXPECT_EQ(client->closed.size(), 51u);
}

TEST_F(Http2ProtocolTest, NewStreamsMayCloseTheSession) {
  Start();
  client->on_new_stream = [this] { client->Close(); };
  EXPECT_EQ(Get(), NGHTTP2_ERR_INVALID_STATE);
  EXPECT_EQ(client->stream_count(), 0u);
}

TEST_F(Http2ProtocolTest, LimitsHeadersAndMemory) {
  Http2Options options;
  options.max_header_pairs = 4;
  Start(options);
  const int32_t fine = Get();
  const int32_t many = client->Request(kGet + Block({{"a", "b"}}), 5, Http2Protocol::kEndStream);
  Exchange();
  EXPECT_EQ(client->closed[fine], NGHTTP2_NO_ERROR);
  EXPECT_EQ(client->closed[many], NGHTTP2_ENHANCE_YOUR_CALM);

  options.max_memory = 1;
  Start(options);
  const int32_t refused = Get();
  Exchange();
  EXPECT_EQ(client->closed[refused], NGHTTP2_ENHANCE_YOUR_CALM);
}

std::string Frame(uint8_t type, uint8_t flags, uint8_t id, const std::string& payload) {
  std::string frame{'\0',
                    '\0',
                    static_cast<char>(payload.size()),
                    static_cast<char>(type),
                    static_cast<char>(flags),
                    '\0',
                    '\0',
                    '\0',
                    static_cast<char>(id)};
  return frame + payload;
}

TEST_F(Http2ProtocolTest, FloodsEndTheSession) {
  const std::string start = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(4, 0, 0, "");
  struct Flood {
    std::string once;
    int times;
  };
  for (const Flood& flood :
       {Flood{Frame(6, 0, 0, "12345678"), 2000}, Flood{Frame(4, 0, 0, ""), 2000},
        Flood{Frame(9, 0, 1, ""), 100}, Flood{Frame(0, 0, 1, ""), 2000}}) {
    Start();
    EXPECT_EQ(server->Receive(start.data(), start.size()), 0);
    const bool continuation = flood.once[3] == 9;
    const std::string head = Frame(1, continuation ? 0 : 4, 1, "\x83\x86\x84\x41\x01x");
    EXPECT_EQ(server->Receive(head.data(), head.size()), 0);
    int error = 0;
    for (int i = 0; i < flood.times && error == 0; i++)
      error = server->Receive(flood.once.data(), flood.once.size());
    EXPECT_LT(error, 0) << "frames of type " << static_cast<int>(flood.once[3]);
    EXPECT_LT(server->memory(), 2'000'000u);
  }
}

}  // namespace
}  // namespace gyre
