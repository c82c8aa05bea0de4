#include "dialects/common/request/left_out.h"

#include <gtest/gtest.h>

#include "dialects/request_support.h"

namespace onellm::dialects {
namespace {

using Names = std::vector<std::string>;

struct Seen {
  chat::Request request;
  Result<EncodedRequest> result = Error{};
};

Seen encode(std::string_view members, const Names& dropped, bool strict = false) {
  const DecodedBody decoded = decode_good(body_with(members));
  EncodeOptions options{.model = "m", .strict = strict};
  options.contract.dropped = &dropped;
  Seen seen;
  seen.result = encode_what_is_taken(*decoded.request, options, [&seen](const chat::Request& request) {
    seen.request = request;
    return Result<EncodedRequest>(EncodedRequest{.body = {}, .dropped = {"own"}, .headers = {}, .reply = {}});
  });
  return seen;
}

TEST(LeftOut, IsWhatADeploymentSaysThatTheModelRefuses) {
  Seen seen = encode(R"("temperature":0.5,"seed":1,"top_k":3,"n":2,"response_format":{"type":"json_object"},
      "tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"required")",
                     {"temperature", "top_k", "n", "response_format", "tools", "stop"});
  ASSERT_TRUE(seen.result);
  EXPECT_EQ(seen.result->dropped, (Names{"temperature", "top_k", "tools", "response_format", "n", "own"}));
  EXPECT_EQ(seen.request.parameters.size(), 1U);
  EXPECT_TRUE(seen.request.unknown.empty() && seen.request.tools.empty());
  EXPECT_EQ(seen.request.n, 1U);
  EXPECT_EQ(seen.request.tool_choice.kind, chat::ToolChoiceKind::kUnset);
  EXPECT_EQ(seen.request.response_format.kind, chat::ResponseFormatKind::kUnset);
}

TEST(LeftOut, IsRefusedWhereTheRequestIsStrict) {
  Seen seen = encode(R"("temperature":0.5)", {"temperature"}, true);
  ASSERT_FALSE(seen.result);
  EXPECT_EQ(seen.result.error().param, "temperature");
  EXPECT_TRUE(encode(R"("seed":1)", {"temperature"}, true).result);
}

}  // namespace
}  // namespace onellm::dialects
