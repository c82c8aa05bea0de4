// Properties that hold for any network: the same events give the same commands, and how reads are cut
// and how those of several legs interleave changes nothing in what the client reads.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

using Upstreams = std::vector<std::string>;  // What each leg streams.

Json ask(const std::string& merge) {
  return chat_request("alpha,gpt-4o,delta", true,
                      {{"onellm", {{"merge", merge}}}, {"stream_options", {{"include_usage", true}}}});
}

// Legs that speak, think, call tools, break off and fail.
const std::vector<Upstreams> kCases = {
    {speech("One."), speech("Zwei \xC3\xA4."), speech("Three.")},
    {role() + reasoning("hm") + text("One") + finish("length") + usage(1, 2) + kDone,
     role() + tool_call(0, "call_0", "f", "{\"a\":") + finish("tool_calls") + kDone,
     role() + text("Thr") + tool_call(0, "call_0", "g", "{}") + text("ee") + finish("tool_calls") + kDone},
    {role() + text("Half"), speech("Two."), role() + text("x") + error_event("Broke", "server_error")},
    {role() + finish() + kDone, role() + text("Two"), error_event("Busy", "server_error", "overloaded")},
    {role() + text("a"), role() + text("b"), role() + text("c")},
};

// Feeds all legs in random pieces in random order.
std::string play(const Json& body, const Upstreams& upstreams, uint32_t seed, std::string* transcript = nullptr) {
  Configured gateway;
  Driver driver(gateway);
  driver.chat(body);
  EXPECT_EQ(driver.calls(), upstreams.size());
  std::mt19937 random(seed);
  std::vector<size_t> at(upstreams.size(), 0);
  std::vector<size_t> order;
  for (size_t leg = 0; leg < upstreams.size(); ++leg) {
    driver.head(leg, 200);
    order.push_back(leg);
  }
  while (!order.empty()) {
    const size_t turn = random() % order.size();
    const size_t leg = order[turn];
    if (at[leg] == upstreams[leg].size()) {
      driver.end(leg);
      order.erase(order.begin() + static_cast<std::ptrdiff_t>(turn));
      continue;
    }
    const size_t piece = 1 + random() % 300;
    driver.bytes(leg, upstreams[leg].substr(at[leg], piece));
    at[leg] = std::min(at[leg] + piece, upstreams[leg].size());
  }
  EXPECT_TRUE(driver.reply.ended) << driver.transcript();
  if (transcript != nullptr) *transcript = driver.transcript();
  return driver.reply.body;
}

// All that a client reads of a joined answer, whatever pieces its text came in.
Json as_read(const Stream& stream) {
  Json read = {{"ids", stream.ids},       {"said", stream.said},   {"usage", stream.usage},
               {"onellm", stream.onellm}, {"error", stream.error}, {"dones", stream.dones}};
  for (const auto& [index, choice] : stream.choices) {
    Json calls = Json::array();
    for (const auto& [number, call] : choice.calls) calls.push_back({number, call.id, call.name, call.arguments});
    read["choices"][std::to_string(index)] = {choice.roles, choice.reasoning, calls, choice.finishes, choice.error};
  }
  return read;
}

TEST(Interleaving, ChangesNothingThatIsReadOfConcat) {
  for (const Upstreams& upstreams : kCases) {
    const Json expected = as_read(read_stream(play(ask("concat"), upstreams, 0)));
    ASSERT_EQ(expected["dones"], 1);
    for (uint32_t seed = 1; seed < 60; ++seed) {
      ASSERT_EQ(as_read(read_stream(play(ask("concat"), upstreams, seed))), expected) << "seed " << seed;
    }
  }
}

TEST(Interleaving, ChangesNothingWithinAChoice) {
  for (const Upstreams& upstreams : kCases) {
    const Stream expected = read_stream(play(ask("choices"), upstreams, 0));
    for (uint32_t seed = 1; seed < 60; ++seed) {
      const Stream stream = read_stream(play(ask("choices"), upstreams, seed));
      ASSERT_EQ(stream.choices.size(), 3U);
      for (const auto& [index, choice] : stream.choices) {
        ASSERT_EQ(choice.content, expected.choices.at(index).content) << "seed " << seed;
        ASSERT_EQ(choice.reasoning, expected.choices.at(index).reasoning) << "seed " << seed;
        ASSERT_EQ(choice.calls, expected.choices.at(index).calls) << "seed " << seed;
        ASSERT_EQ(choice.finishes, expected.choices.at(index).finishes) << "seed " << seed;
        ASSERT_EQ(choice.roles, 1) << "seed " << seed;
      }
      ASSERT_EQ(stream.usage, expected.usage);
      ASSERT_EQ(stream.dones, 1);
    }
  }
}

TEST(Interleaving, GivesARaceOneWholeWinner) {
  const Upstreams speakers = {speech("One."), speech("Two."), speech("Three.")};
  std::map<std::string, int> won;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    const Stream stream = read_stream(play(ask("race"), speakers, seed));
    ASSERT_EQ(stream.said.size(), 1U);
    ASSERT_EQ(stream.choices.at(0).finishes.size(), 1U);
    ASSERT_EQ(stream.dones, 1);
    ++won[stream.said[0].second];
  }
  EXPECT_EQ(won.size(), 3U) << "every leg can win";
}

TEST(Determinism, SameEventsGiveSameCommands) {
  for (const char* merge : {"concat", "choices", "race"}) {
    for (const Upstreams& upstreams : kCases) {
      std::string first;
      std::string second;
      play(ask(merge), upstreams, 7, &first);
      play(ask(merge), upstreams, 7, &second);
      EXPECT_EQ(first, second);
    }
  }
}

}  // namespace
}  // namespace onellm::gateway::test
