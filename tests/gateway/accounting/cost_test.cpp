// Where the client is told what its answer cost, and where it is told that nobody knows.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

// gpt-4o takes $2.50 for a million tokens of the prompt and $10 of the completion: 3 and 2 tokens are
const char* const kCostOfThreeAndTwo = "0.0000275";

Json ask(const std::string& model, bool stream, const Json& more = Json::object()) {
  Json body = chat_request(model, stream, more);
  if (stream) body["stream_options"] = {{"include_usage", true}};
  return body;
}

const Json kTranslated = {{"onellm", {{"lane", "translated"}}}};

struct Cost : ::testing::Test {
  Configured gateway{settings_with({{"bindings", {"ONELLM_ANALYTICS"}}})};
  Driver driver{gateway};

  std::string usage_cost() const { return usage_cost_of(driver); }

  // The text of the member in the last usage object of the reply, digits and all.
  static std::string usage_cost_of(const Driver& asked) {
    const std::string& body = asked.reply.body;
    const size_t at = body.rfind("\"cost\":");
    if (at == body.npos) return "(absent)";
    const size_t from = at + 7;
    return body.substr(from, body.find_first_of(",}", from) - from);
  }
};

TEST_F(Cost, StandsInTheUsageOfATranslatedStream) {
  driver.chat(ask("gpt-4o", true, kTranslated)).stream(0, speech("One."));
  EXPECT_EQ(usage_cost(), kCostOfThreeAndTwo);
  EXPECT_DOUBLE_EQ(read_stream(driver.reply.body).usage["cost"].get<double>(), 0.0000275);
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "(absent)") << "the head went out before it was known";
}

TEST_F(Cost, IsNotToldWhereUsageWasNotAskedFor) {
  driver.chat(chat_request("alpha", true)).stream(0, speech("One."));
  EXPECT_EQ(driver.reply.body.find("cost"), std::string::npos);
}

TEST_F(Cost, StandsInAWholeReplyAndItsHead) {
  driver.chat(ask("gpt-4o", false, kTranslated)).answer(0, 200, completion("One."));
  EXPECT_EQ(usage_cost(), kCostOfThreeAndTwo);
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), kCostOfThreeAndTwo);
}

TEST_F(Cost, IsNullWhereThePriceIsUnknown) {
  driver.chat(ask("alpha", false)).answer(0, 200, completion("One."));
  EXPECT_EQ(usage_cost(), "null");
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "unknown");
  Driver stream(gateway);
  stream.chat(ask("alpha", true)).stream(0, speech("One."));
  EXPECT_TRUE(read_stream(stream.reply.body).usage["cost"].is_null());
  EXPECT_TRUE(read_stream(stream.reply.body).usage.contains("cost"));
  EXPECT_EQ(blob(stream.records[0], "price_known"), "no");
}

TEST_F(Cost, LeavesTheBytesOfTheNativeLaneAlone) {
  const std::string body = completion("One.");
  driver.chat(ask("gpt-4o", false)).answer(0, 200, body);
  EXPECT_EQ(driver.reply.body, body);
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), kCostOfThreeAndTwo);
  Driver stream(gateway);
  stream.chat(ask("gpt-4o", true)).stream(0, speech("One."));
  EXPECT_EQ(stream.reply.body, speech("One."));
}

TEST_F(Cost, MayBeAskedForWhereTheLaneWouldBeNative) {
  driver.chat(ask("gpt-4o", true, {{"onellm", {{"cost", true}}}})).stream(0, speech("One."));
  EXPECT_EQ(usage_cost(), kCostOfThreeAndTwo);
  EXPECT_FALSE(driver.fetches[0].relayed);
  EXPECT_EQ(driver.fetches[0].body.find("onellm"), std::string::npos);
  Driver wrong(gateway);
  wrong.chat(ask("gpt-4o", true, {{"onellm", {{"cost", "yes"}}}}));
  EXPECT_EQ(wrong.reply.status, 400);
  EXPECT_EQ(wrong.reply.error("param"), "onellm.cost");
}

TEST_F(Cost, OfTheEchoIsNothing) {
  driver.chat(ask("echo", false));
  EXPECT_EQ(usage_cost(), "0");
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "0");
}

TEST_F(Cost, OfARefusedCallIsNothing) {
  driver.chat(ask("gpt-4o", false)).answer(0, 400, error_body("No", "invalid_request_error"));
  EXPECT_EQ(driver.reply.status, 400);
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "0");
}

// --- several calls ---

TEST_F(Cost, IsTheSumOfTheLegs) {
  driver.chat(ask("gpt-4o,echo", false));
  driver.answer(0, 200, completion("One."));
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), kCostOfThreeAndTwo);
  const Json reply = driver.reply.json();
  EXPECT_DOUBLE_EQ(reply["usage"]["cost"].get<double>(), 0.0000275) << reply;
  EXPECT_DOUBLE_EQ(reply["onellm"]["legs"][0]["cost"].get<double>(), 0.0000275);
  EXPECT_EQ(reply["onellm"]["legs"][1]["cost"], 0);
}

TEST_F(Cost, IsUnknownWhereThatOfOneLegIs) {
  driver.chat(ask("gpt-4o,alpha", true));
  driver.stream(0, speech("One."));
  driver.stream(1, speech("Two."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_TRUE(stream.usage["cost"].is_null());
  EXPECT_DOUBLE_EQ(stream.onellm["legs"][0]["cost"].get<double>(), 0.0000275);
  EXPECT_TRUE(stream.onellm["legs"][1]["cost"].is_null());
}

TEST_F(Cost, HasWhatAFailedAttemptUsed) {
  driver.chat(ask("gpt-4o|openai/gpt-4o", true, kTranslated));
  driver.head(0, 200);
  driver.bytes(0, usage(3, 2) + error_event("Busy", "server_error", "overloaded"));
  driver.stream(1, speech("Again."));
  EXPECT_EQ(usage_cost(), "0.000055");
  ASSERT_EQ(driver.records.size(), 2U);
  for (const Json& record : driver.records) EXPECT_DOUBLE_EQ(number(record, "cost_usd"), 0.0000275);
}

// A model that was asked and had not said yet what it took: nobody can say what that will cost.
TEST_F(Cost, IsUnknownWhereALoserOfARaceSaidNothing) {
  driver.chat(ask("gpt-4o,openai/gpt-4o", true, {{"onellm", {{"merge", "race"}}}}));
  driver.stream(0, speech("First."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_TRUE(stream.usage["cost"].is_null()) << stream.usage;
  EXPECT_DOUBLE_EQ(stream.onellm["legs"][0]["cost"].get<double>(), 0.0000275);
}

TEST_F(Cost, OfAnEstimateIsForTheRecordAlone) {
  driver.chat(ask("gpt-4o|alpha", false));
  Json silent = Json::parse(completion("Eight bytes of text."));
  silent.erase("usage");
  driver.answer(0, 200, silent.dump());
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "unknown");
  ASSERT_EQ(driver.records.size(), 1U);
  EXPECT_EQ(blob(driver.records[0], "usage"), "estimated");
  EXPECT_EQ(blob(driver.records[0], "price_known"), "yes");
  EXPECT_GT(number(driver.records[0], "cost_usd"), 0);
}

// --- providers that reckon themselves ---

std::string usage_with(const std::string& cost) {
  return R"("usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,"cost":)" + cost + "}";
}
std::string stream_with_cost(const std::string& cost) {
  return role() + text("One.") + finish() + R"(data: {"id":"chatcmpl-up","model":"served-model","choices":[],)" +
         usage_with(cost) + "}\n\n" + kDone;
}

TEST_F(Cost, IsWhatTheProviderSays) {
  for (const char* cost : {"0.00012", "1.2e-4", "0.000120000000"}) {
    Driver one(gateway);
    one.chat(ask("alpha", true)).stream(0, stream_with_cost(cost));
    ASSERT_EQ(one.records.size(), 1U);
    EXPECT_DOUBLE_EQ(number(one.records[0], "cost_usd"), 0.00012) << cost;
    EXPECT_EQ(blob(one.records[0], "price_known"), "yes");
    const std::string& body = one.reply.body;
    EXPECT_EQ(body.find("\"cost\":"), body.rfind("\"cost\":")) << "it stands there twice: " << body;
    EXPECT_NE(body.find(std::string("\"cost\":") + cost), body.npos) << body;
  }
}

TEST_F(Cost, IsWhatTheProviderSaysWhateverTheTableSays) {
  driver.chat(ask("gpt-4o", true)).stream(0, stream_with_cost("7.5"));
  EXPECT_EQ(number(driver.records[0], "cost_usd"), 7.5);
}

TEST_F(Cost, ReadsATotalAmongItsParts) {
  driver.chat(ask("alpha", true)).stream(0, stream_with_cost(R"({"request_cost":0.005,"total_cost":0.006})"));
  EXPECT_EQ(number(driver.records[0], "cost_usd"), 0.006);
}

// What the head says of the cost, the body says too.
TEST_F(Cost, ReplacesWhatCannotBeBelieved) {
  for (const char* cost : {"null", "-5", "\"0.5\"", "1e300"}) {
    Driver one(gateway);
    Json body = ask("gpt-4o", false, kTranslated);
    std::string reply = completion("One.");
    reply.insert(reply.find("\"prompt_tokens\""), std::string("\"cost\":") + cost + ",");
    one.chat(body).answer(0, 200, reply);
    EXPECT_EQ(one.reply.header("x-onellm-cost"), kCostOfThreeAndTwo);
    EXPECT_EQ(one.reply.body.find(std::string("\"cost\":") + cost), std::string::npos) << one.reply.body;
    EXPECT_DOUBLE_EQ(one.reply.json()["usage"]["cost"].get<double>(), 0.0000275) << cost;
  }
}

// The table has the prices of the usual tier.
TEST_F(Cost, IsUnknownWhereTheReplyNamesAnotherTier) {
  for (const bool native : {true, false}) {
    for (const bool stream : {true, false}) {
      for (const char* tier : {"flex", "priority", "batch", "default"}) {
        Driver one(gateway);
        one.chat(ask("gpt-4o", stream, native ? Json::object() : kTranslated));
        std::string reply = stream ? speech("One.") : completion("One.");
        for (size_t at = reply.find("\"model\""); at != reply.npos; at = reply.find("\"model\"", at + 60)) {
          reply.insert(at, std::string(R"("service_tier":")") + tier + "\",");
        }
        if (stream) one.stream(0, reply);
        if (!stream) one.answer(0, 200, reply);
        ASSERT_EQ(one.records.size(), 1U);
        const bool is_usual = std::string(tier) == "default";
        EXPECT_EQ(blob(one.records[0], "price_known"), is_usual ? "yes" : "no") << tier << native << stream;
        if (native) continue;
        EXPECT_EQ(usage_cost_of(one), is_usual ? kCostOfThreeAndTwo : "null") << tier << stream;
      }
    }
  }
}

TEST_F(Cost, IsUnknownWhereOneChunkAloneNamesAnotherTier) {
  const std::string spoken = speech("One.");
  const auto next_model = [&](size_t at) { return spoken.find("\"model\"", at + 1); };
  size_t chunks = 0;
  for (size_t at = next_model(0); at != spoken.npos; at = next_model(at)) {
    Driver one(gateway);
    one.chat(ask("gpt-4o", true, kTranslated)).stream(0, std::string(spoken).insert(at, R"("service_tier":"flex",)"));
    ASSERT_EQ(one.records.size(), 1U);
    EXPECT_EQ(blob(one.records[0], "price_known"), "no") << "chunk " << chunks;
    ++chunks;
  }
  EXPECT_GE(chunks, 3U);
}

TEST_F(Cost, AskedForOfAStreamIsToldWithItsUsage) {
  driver.chat(chat_request("gpt-4o", true, {{"onellm", {{"cost", true}}}})).stream(0, speech("One."));
  EXPECT_EQ(usage_cost(), kCostOfThreeAndTwo);
}

TEST_F(Cost, TakesNoNonsenseForANumber) {
  for (const char* cost : {"null", "-1", "\"free\"", "1e300", "[]", "{}"}) {
    Driver one(gateway);
    one.chat(ask("alpha", true)).stream(0, stream_with_cost(cost));
    EXPECT_EQ(blob(one.records[0], "price_known"), "no") << cost;
  }
}

}  // namespace
}  // namespace onellm::gateway::test
