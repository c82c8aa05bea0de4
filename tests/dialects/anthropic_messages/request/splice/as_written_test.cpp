// Requests that reach the provider as their client wrote them, but for what must change.
#include "dialects/anthropic_messages/request/splice/as_written.h"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"
#include "dialects/anthropic_messages/client/decode_outline.h"
#include "dialects/common/reasoning/envelope.h"

namespace onellm::dialects::anthropic_messages {
namespace {

struct Sent {
  std::string body;
  std::vector<std::string> dropped;
};

Sent sent(const std::string& body, EncodeOptions options = {}) {
  const json::Buffer buffer(body);
  Result<chat::Request> request = decode_outline(buffer);
  EXPECT_TRUE(request) << body;
  options.model = "claude-m";
  options.as_written = true;
  Result<EncodedRequest> encoded = encode_as_written(*request, options);
  if (!encoded) return {.body = "refused: " + encoded.error().param, .dropped = {}};
  return {.body = encoded->body.flat(), .dropped = encoded->dropped};
}

EncodeOptions without_thoughts() {
  EncodeOptions options;
  options.without_thoughts = true;
  return options;
}

EncodeOptions strict() {
  EncodeOptions options;
  options.strict = true;
  return options;
}

const std::string kForeign = R"({"type":"redacted_thinking","data":"onellm1.eyJwIjoiZ29vZ2xlIn0"})";
const std::string kForeignThinking = R"({"type":"thinking","thinking":"t","signature":"onellm1.abc"})";
const std::string kOwn = R"({"type":"thinking","thinking":"onellm1.","signature":"EqQB"})";
const std::string kText = R"({ "type":"text","text":"onellm1." })";

std::string with_blocks(const std::string& blocks) {
  return R"({"model":"claude-m","messages":[{"role":"user","content":"a"}, {"role":"assistant","content":[)" + blocks +
         R"(]} ,{"role":"user","content":"b"}]})";
}

TEST(AsWritten, KeepsEveryByteButTheModel) {
  EXPECT_EQ(sent("{ \"a\":1.50, \"model\" :\n \"x\\u0041\",\"messages\":[ ]}\n").body,
            "{ \"a\":1.50, \"model\" :\n \"claude-m\",\"messages\":[ ]}\n");
}

TEST(AsWritten, CutsTheOptionsWhereverTheyStand) {
  EXPECT_EQ(sent(R"({"onellm":{},"model":"x"})").body, R"({"model":"claude-m"})");
  EXPECT_EQ(sent(R"({"model":"x" , "onellm":{"strict":true}})").body, R"({"model":"claude-m"})");
  EXPECT_EQ(sent(R"({"model":"x","on\u0065llm":{},"a":1})").body, R"({"model":"claude-m","a":1})");
}

TEST(AsWritten, CutsThoughtsInAnEnvelopeAndNamesThem) {
  for (const std::string& foreign : {kForeign, kForeignThinking}) {
    for (const auto& [blocks, left] :
         std::vector<std::pair<std::string, std::string>>{{foreign + "," + kText, kText},
                                                          {kText + " , " + foreign, kText},
                                                          {kOwn + "," + foreign + ",\n" + kText, kOwn + ",\n" + kText},
                                                          {foreign + "," + foreign + "," + kText, kText},
                                                          {kText + "," + foreign + "," + kOwn, kText + "," + kOwn}}) {
      const Sent result = sent(with_blocks(blocks));
      EXPECT_EQ(result.body, with_blocks(left)) << blocks;
      EXPECT_EQ(result.dropped, std::vector<std::string>{"thinking"});
    }
  }
}

TEST(AsWritten, CutsAMessageThatHasNothingElse) {
  EXPECT_EQ(sent(with_blocks(kForeign + "," + kForeignThinking)).body,
            R"({"model":"claude-m","messages":[{"role":"user","content":"a"} ,{"role":"user","content":"b"}]})");
  EXPECT_EQ(sent(R"({"model":"m","messages":[{"role":"assistant","content":[)" + kForeign + R"(]},{"a":1}]})").body,
            R"({"model":"claude-m","messages":[{"a":1}]})");
  EXPECT_EQ(sent(R"({"model":"m","messages":[ {"role":"assistant","content":[)" + kForeign + "]} ]}").body,
            R"({"model":"claude-m","messages":[  ]})");
}

TEST(AsWritten, KeepsWhatOnlyLooksLikeAnEnvelope) {
  for (const std::string& blocks :
       {kOwn, kText, kOwn + "," + kText, std::string(R"({"type":"thinking","data":"onellm1."})"),
        std::string(R"("onellm1.")"), std::string("7")}) {
    const Sent result = sent(with_blocks(blocks));
    EXPECT_EQ(result.body, with_blocks(blocks));
    EXPECT_TRUE(result.dropped.empty());
  }
  const std::string odd = R"({"model":"claude-m","messages":{"content":"onellm1."}})";
  EXPECT_EQ(sent(odd).body, odd);
}

// A list of them would take many times the memory of the body.
TEST(AsWritten, LeavesMoreElementsThanARequestMayHaveAsTheyAre) {
  std::string many;
  for (size_t i = 0; i <= kRequestElementsMax; ++i) many += "0,";
  const std::string body = R"({"model":"claude-m","messages":[)" + many + R"({"role":"assistant","content":[)" +
                           kForeign + "," + kText + "]}]}";
  EXPECT_EQ(sent(body).body, body);
  const std::string blocks =
      R"({"model":"claude-m","messages":[{"role":"assistant","content":[)" + many + kForeign + "]}]}";
  EXPECT_EQ(sent(blocks).body, blocks);
}

TEST(AsWritten, CutsAllThoughtsIfTheProviderRefusedThem) {
  const Sent result = sent(with_blocks(kOwn + "," + kText), without_thoughts());
  EXPECT_EQ(result.body, with_blocks(kText));
  EXPECT_EQ(result.dropped, std::vector<std::string>{"thinking"});
  EXPECT_TRUE(sent(with_blocks(kText), without_thoughts()).dropped.empty());
}

TEST(AsWritten, IsRefusedIfItIsStrictAndSomethingHasToGo) {
  EXPECT_EQ(sent(with_blocks(kForeign), strict()).body, "refused: thinking");
  EXPECT_EQ(sent(with_blocks(kText), strict()).body, with_blocks(kText));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
