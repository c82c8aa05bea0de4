// Two tools of one name, which Claude and Gemini refuse.
#include "dialects/common/tools/repeated_tools.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/request_support.h"
#include "models/contract.h"

namespace onellm::dialects {
namespace {

using Json = nlohmann::ordered_json;

std::string function(const std::string& inner) { return R"({"type":"function","function":{)" + inner + "}}"; }
const std::string kF = function(R"("name":"f","parameters":{"type":"object","properties":{"a b":{}}})");
const std::string kG = function(R"("name":"g")");

Result<EncodedRequest> send(const Dialect& dialect, const std::string& members) {
  const bool is_claude = &dialect == &anthropic_messages::dialect();
  const DecodedBody decoded = decode_good(body_with(members));
  const char* model = is_claude ? "claude-opus-4-8" : "gemini-3.5-flash";
  const models::Maker maker = is_claude ? models::Maker::kAnthropic : models::Maker::kGoogle;
  Result<EncodedRequest> encoded =
      dialect.encode_request(*decoded.request, {.model = model, .contract = models::contract_of(maker, model)});
  if (!encoded) return encoded;
  std::string text = encoded->body.flat();  // Its views point into `decoded`.
  encoded->body = {};
  encoded->body.add_owned(std::move(text));
  return encoded;
}

const Dialect* const kDialects[] = {&anthropic_messages::dialect(), &gemini::dialect()};

TEST(RepeatedTools, AreSentOnce) {
  for (const Dialect* dialect : kDialects) {
    Result<EncodedRequest> once = send(*dialect, R"("tools":[)" + kF + "," + kG + "]");
    Result<EncodedRequest> twice = send(*dialect, R"("tools":[)" + kF + "," + kG + "," + kF + "]");
    ASSERT_TRUE(once && twice);
    EXPECT_EQ(twice->body.flat(), once->body.flat());
    EXPECT_TRUE(twice->dropped.empty());
  }
  Result<EncodedRequest> function =
      send(anthropic_messages::dialect(), R"("tools":[)" + kG + R"(],"functions":[{"name":"\u0067"}])");
  ASSERT_TRUE(function);
  EXPECT_EQ(Json::parse(function->body.flat())["tools"].size(), 1U);
}

TEST(RepeatedTools, AreRefusedIfTheyDiffer) {
  const std::string other = function(R"("name":"g","description":"Another.")");
  for (const Dialect* dialect : kDialects) {
    Result<EncodedRequest> refused = send(*dialect, R"("tools":[)" + kG + "," + kF + "," + other + "]");
    ASSERT_FALSE(refused);
    const Error error = refused.error();
    EXPECT_EQ(status_of(error), 400);
    EXPECT_EQ(error.param, "tools[2].function.name");
    EXPECT_EQ(send(*dialect, R"("tools":[)" + kF + R"(],"functions":[{"name":"f"}])").error().param,
              "functions[0].name");
  }
}

}  // namespace
}  // namespace onellm::dialects
