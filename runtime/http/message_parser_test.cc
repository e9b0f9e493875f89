#include "runtime/http/message_parser.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace gyre {
namespace {

// Writes down what the parser says.
class Recorder final : public MessageParser {
 public:
  explicit Recorder(size_t max_head_size = 16384, uint32_t leniency = kLenientNone)
      : MessageParser(HTTP_REQUEST, max_head_size, 2000, leniency) {}

  std::vector<std::string> heads;
  std::string body;
  std::string trailers;
  int completed = 0;
  int verdict = 0;

 private:
  int OnHead() override {
    heads.push_back(url() + "|" + std::string(header_block()));
    return verdict;
  }
  void OnBody(const char* data, size_t size) override { body.append(data, size); }
  void OnMessageComplete() override {
    completed++;
    trailers = header_block();
  }
};

size_t Feed(Recorder& parser, std::string_view data) {
  return parser.Execute(data.data(), data.size());
}

TEST(MessageParserTest, GathersTheHead) {
  Recorder parser;
  Feed(parser, "GET /a?b HTTP/1.1\r\nHost: x\r\nAccept:  */* \t\r\nEmpty:\r\n\r\n");
  ASSERT_EQ(parser.heads.size(), 1u);
  EXPECT_EQ(parser.heads[0], "/a?b|Host\nx\nAccept\n*/*\nEmpty\n");
  EXPECT_EQ(parser.completed, 1);
  EXPECT_FALSE(parser.in_message());
}

TEST(MessageParserTest, AnyCutOfTheBytesGivesTheSame) {
  const std::string request =
      "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n";
  for (size_t cut = 1; cut < request.size(); cut++) {
    Recorder parser;
    Feed(parser, request.substr(0, cut));
    Feed(parser, request.substr(cut));
    ASSERT_FALSE(parser.failed()) << cut;
    EXPECT_EQ(parser.heads[0], "/x|Host\nh\nTransfer-Encoding\nchunked");
    EXPECT_EQ(parser.body, "abcde");
    EXPECT_EQ(parser.trailers, "T\nv");
  }
}

TEST(MessageParserTest, LimitsTheHead) {
  Recorder parser(100);
  Feed(parser, "GET / HTTP/1.1\r\nA: " + std::string(200, 'x') + "\r\n\r\n");
  EXPECT_TRUE(parser.failed());
  EXPECT_EQ(parser.error().code, "HPE_HEADER_OVERFLOW");
  EXPECT_EQ(parser.error().reason, "Header overflow");
}

TEST(MessageParserTest, AnUpgradeThatNobodyTakesIsAPlainRequest) {
  const std::string_view request =
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\nGET /2 "
      "HTTP/1.1\r\nHost: x\r\n\r\n";
  Recorder refused;
  EXPECT_EQ(Feed(refused, request), request.size());
  EXPECT_EQ(refused.heads.size(), 2u);
  Recorder taken;
  taken.verdict = 2;
  EXPECT_LT(Feed(taken, request), request.size());
  EXPECT_TRUE(taken.upgraded());
  EXPECT_EQ(taken.heads.size(), 1u);
}

TEST(MessageParserTest, RefusesWhatSmugglersSend) {
  const struct {
    const char* request;
    const char* code;
  } kCases[] = {
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
       "HPE_INVALID_TRANSFER_ENCODING"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
       "HPE_UNEXPECTED_CONTENT_LENGTH"},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1z\r\na\r\n",
       "HPE_INVALID_CHUNK_SIZE"},
      {"GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\nHost: x\n\n", "HPE_INVALID_VERSION"},
      {"GET / HTTP/1.1\r\nHost: x\n\n", "HPE_CR_EXPECTED"},
  };
  for (const auto& c : kCases) {
    Recorder parser;
    Feed(parser, c.request);
    EXPECT_TRUE(parser.failed()) << c.request;
    if (parser.failed()) {
      EXPECT_EQ(parser.error().code, c.code) << c.request;
    }
  }
}

TEST(MessageParserTest, TheEndInsideAMessageIsAnError) {
  Recorder parser;
  Feed(parser, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_FALSE(parser.Finish());
  EXPECT_EQ(parser.error().code, "HPE_INVALID_EOF_STATE");
}

}  // namespace
}  // namespace gyre
