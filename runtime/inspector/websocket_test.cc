#include "runtime/inspector/websocket.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace gyre {
namespace {

using Result = WebSocketReader::Result;

// A client's frame: masked.
std::string ClientFrame(int first_byte, std::string_view payload) {
  std::string frame(1, static_cast<char>(first_byte));
  const size_t size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(0x80 | size);
  } else if (size <= 0xffff) {
    frame += '\xfe';
    frame += static_cast<char>(size >> 8);
    frame += static_cast<char>(size & 0xff);
  } else {
    frame += '\xff';
    for (int shift = 56; shift >= 0; shift -= 8) frame += static_cast<char>(size >> shift & 0xff);
  }
  const std::string_view mask = "\x01\x80\x7f\x2a";
  frame += mask;
  for (size_t i = 0; i < size; i++) frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

// RFC 6455, 1.3.
TEST(WebSocket, AcceptsTheKeyOfTheRfc) {
  EXPECT_EQ(WebSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(WebSocket, FramesHaveTheShortestLength) {
  EXPECT_EQ(WebSocketFrame(WebSocketOpcode::kText, "ab"),
            "\x81\x02"
            "ab");
  EXPECT_EQ(WebSocketFrame(WebSocketOpcode::kText, std::string(126, 'x')).substr(0, 4),
            std::string("\x81\x7e\x00\x7e", 4));
  EXPECT_EQ(WebSocketFrame(WebSocketOpcode::kText, std::string(65536, 'x')).substr(0, 10),
            std::string("\x81\x7f\0\0\0\0\0\x01\0\0", 10));
}

TEST(WebSocket, MessagesOfAnySizeComeByteByByte) {
  for (size_t size : {0, 1, 125, 126, 65535, 65536}) {
    const std::string text(size, 'm');
    WebSocketReader reader;
    WebSocketOpcode opcode;
    std::string payload;
    const std::string frame = ClientFrame(0x81, text);
    for (size_t i = 0; i + 1 < frame.size(); i++) {
      reader.Feed(frame.substr(i, 1));
      if (i < 20) {
        EXPECT_EQ(reader.Next(&opcode, &payload), Result::kNeedMore);
      }
    }
    reader.Feed(frame.substr(frame.size() - 1));
    ASSERT_EQ(reader.Next(&opcode, &payload), Result::kMessage);
    EXPECT_EQ(opcode, WebSocketOpcode::kText);
    EXPECT_EQ(payload, text);
  }
}

TEST(WebSocket, ControlFramesComeBetweenFragments) {
  WebSocketReader reader;
  reader.Feed(ClientFrame(0x01, "one ") + ClientFrame(0x89, "ping") + ClientFrame(0x80, "two"));
  WebSocketOpcode opcode;
  std::string payload;
  ASSERT_EQ(reader.Next(&opcode, &payload), Result::kControl);
  EXPECT_EQ(opcode, WebSocketOpcode::kPing);
  EXPECT_EQ(payload, "ping");
  ASSERT_EQ(reader.Next(&opcode, &payload), Result::kMessage);
  EXPECT_EQ(opcode, WebSocketOpcode::kText);
  EXPECT_EQ(payload, "one two");
  EXPECT_EQ(reader.Next(&opcode, &payload), Result::kNeedMore);
}

TEST(WebSocket, RefusesWhatNoClientMaySend) {
  const std::string bad[] = {
      std::string("\x81\x02", 2) + "ab",         // not masked
      ClientFrame(0xc1, "a"),                    // an extension's bit
      ClientFrame(0x83, "a"),                    // an opcode that is not defined
      ClientFrame(0x80, "a"),                    // a continuation of nothing
      ClientFrame(0x09, "a"),                    // a fragmented ping
      ClientFrame(0x89, std::string(126, 'p')),  // a ping that is too long
      std::string("\x81\xff\x7f\0\0\0\0\0\0\0", 10),
      ClientFrame(0x01, "a") + ClientFrame(0x81, "b"),
  };
  for (const std::string& bytes : bad) {
    WebSocketReader reader;
    reader.Feed(bytes);
    WebSocketOpcode opcode;
    std::string payload;
    EXPECT_EQ(reader.Next(&opcode, &payload), Result::kError);
    EXPECT_EQ(reader.Next(&opcode, &payload), Result::kError);
  }
}

}  // namespace
}  // namespace gyre
