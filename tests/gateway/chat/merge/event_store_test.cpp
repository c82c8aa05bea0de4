#include "gateway/chat/merge/event_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "gateway/merge/merger_fixture.h"

namespace onellm::gateway::test {
namespace {

using chat::Event;
using chat::EventKind;

Lines drained(EventStore& store) {
  Recorder recorder;
  store.drain_to(recorder);
  return recorder.lines;
}

TEST(EventStore, JoinsPiecesOfOneTextAndKeepsTheOrderOfTheRest) {
  EventStore store;
  store.add({.kind = EventKind::kStarted, .name = {"m"}});
  store.add({.kind = EventKind::kReasoning, .text = {"a"}});
  store.add({.kind = EventKind::kText, .text = {"b"}});
  store.add({.kind = EventKind::kText, .text = {"c"}});
  store.add({.kind = EventKind::kToolArguments, .tool_call = 0, .text = {"d"}});
  store.add({.kind = EventKind::kToolArguments, .tool_call = 1, .text = {"e"}});
  store.add({.kind = EventKind::kText, .text = {"f"}});
  EXPECT_EQ(store.text_bytes(), 6U);
  EXPECT_EQ(drained(store), (Lines{"start m", "reasoning a", "text bc", "arguments 0 d", "arguments 1 e", "text f"}));
  EXPECT_TRUE(store.empty());
  EXPECT_EQ(store.text_bytes() + store.memory_bytes(), 0U);
}

TEST(EventStore, JoinsNoPieceThatSaysMoreThanItsText) {
  EventStore store;
  store.add({.kind = EventKind::kText, .text = {"a"}, .choice_extra = {"\"logprobs\":1"}});
  store.add({.kind = EventKind::kText, .text = {"b"}});
  store.add({.kind = EventKind::kText, .text = {"c"}, .delta_extra = {"\"x\":1"}});
  EXPECT_EQ(drained(store), (Lines{"text a +\"logprobs\":1", "text b", "text c +\"x\":1"}));
}

TEST(EventStore, JoinsNoPieceWithDetailsOrExtrasOfAnotherDialect) {
  EventStore store;
  chat::EventDetails details;
  details.logprobs = {"{}"};
  store.add({.kind = EventKind::kText, .text = {"a"}});
  store.add({.kind = EventKind::kText, .text = {"b"}, .details = &details});
  store.add({.kind = EventKind::kText, .text = {"c"}});
  store.add({.kind = EventKind::kText, .extra_of = chat::DialectId{7}, .text = {"d"}, .reply_extra = {"\"t\":1"}});
  store.add({.kind = EventKind::kText, .extra_of = chat::DialectId{7}, .text = {"e"}, .reply_extra = {"\"t\":2"}});
  EXPECT_EQ(drained(store), (Lines{"text a", "text b logprobs {}", "text c", "text de +\"t\":2"}));
}

TEST(EventStore, KeepsTheDetailsOfItsEvents) {
  EventStore store;
  {
    const std::string url = "https://a.example/";
    chat::EventDetails details;
    details.citation = {.begin = 1, .end = 2, .url = {url}};
    store.add({.kind = EventKind::kCitation, .details = &details});
    EXPECT_GE(store.memory_bytes(), sizeof(chat::EventDetails) + url.size());
  }
  EXPECT_EQ(drained(store), Lines{"citation 1 2 https://a.example/"});
}

TEST(EventStore, JoinsPiecesBesideWhichMembersAreRepeatedOrNull) {
  EventStore store;
  store.add({.kind = EventKind::kText,
             .text = {"a"},
             .choice_extra = {R"("logprobs":null)"},
             .reply_extra = {R"("tier":"x","pad":"1")"}});
  store.add({.kind = EventKind::kText,
             .text = {"b"},
             .choice_extra = {R"("logprobs" : null)"},
             .reply_extra = {R"("tier":"x","pad":"22")"}});
  EXPECT_EQ(drained(store), Lines{R"(text ab +"logprobs":null +"tier":"x","pad":"22")"});
}

// Joined to one another, the members of this many pieces would take minutes.
TEST(EventStore, TakesTimeThatGrowsWithTheNumberOfMembers) {
  EventStore store;
  for (int i = 0; i < 20'000; ++i) {
    const std::string member = "\"k" + std::to_string(i) + "\":" + std::string(20, '1');
    store.add({.kind = EventKind::kText, .text = {"a"}, .reply_extra = {member}});
  }
  size_t members = 0;
  for (const std::string& line : drained(store))
    members += static_cast<size_t>(std::count(line.begin(), line.end(), ':'));
  EXPECT_EQ(members, 20'000U) << "none is lost";
}

TEST(EventStore, KeepsATextOfShortPiecesInLittleMoreThanItself) {
  EventStore store;
  for (int i = 0; i < 50'000; ++i) store.add({.kind = EventKind::kText, .text = {"word "}});
  EXPECT_EQ(store.text_bytes(), 250'000U);
  EXPECT_LT(store.memory_bytes(), 2 * store.text_bytes());
  std::string whole;
  for (const std::string& line : drained(store)) {
    EXPECT_LE(line.size(), kJoinedTextBytesMax + sizeof("text "));
    whole += line.substr(sizeof("text ") - 1);
  }
  EXPECT_EQ(whole.size(), 250'000U);
}

TEST(EventStore, KeepsUsageAndErrorsThatItsEventsPointTo) {
  EventStore store;
  {
    chat::Usage usage;
    usage.total_tokens = 7;
    const Error error{.message = "broken"};
    store.add({.kind = EventKind::kUsage, .usage = &usage});
    store.add({.kind = EventKind::kFailed, .error = &error});
  }
  EXPECT_EQ(drained(store), (Lines{"usage 7", "failed broken"}));
}

}  // namespace
}  // namespace onellm::gateway::test
