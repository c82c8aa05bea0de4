// Reasoning and its signatures in the content blocks of a stream.
#include <gtest/gtest.h>

#include "dialects/anthropic_messages/client/message_events.h"
#include "dialects/common/reasoning/envelope.h"

namespace onellm::dialects::anthropic_messages {
namespace {

Json payload_of(const std::string& envelope) {
  const std::optional<Envelope> opened = open_envelope(envelope);
  return opened ? Json::parse(opened->payload) : Json();
}

TEST(MessageThoughts, SignsThoughtsOfAHostWithAnEnvelope) {
  const Json block = read({started(&kHost), thought("t"), text("a"), finished(), kDone}).content[0];
  const std::optional<Envelope> opened = open_envelope(block["signature"].get<std::string>());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->provider, "compat1");
  EXPECT_EQ(opened->model, "r1");
  EXPECT_EQ(opened->kind, EnvelopeKind::kPlain);
}

TEST(MessageThoughts, PassesThoughtsOfClaudeAsTheyAre) {
  chat::EventDetails signed_block;
  signed_block.thinking = {.text = {"t"}, .signature = {"sig"}};
  chat::EventDetails redacted;
  redacted.thinking = {.redacted = true, .text = {"data"}};
  const Event end{.kind = EventKind::kThinkingSigned, .details = &signed_block};
  const Event hidden{.kind = EventKind::kThinkingSigned, .details = &redacted};
  const test::MessageStream stream =
      read({started(&kClaude), thought("t"), end, end, hidden, text("a"), finished(), kDone});
  EXPECT_EQ(stream.content[0], Json({{"type", "thinking"}, {"thinking", "t"}, {"signature", "sig"}}));
  EXPECT_EQ(stream.content[1], Json({{"type", "thinking"}, {"thinking", ""}, {"signature", "sig"}}));
  EXPECT_EQ(stream.content[2], Json({{"type", "redacted_thinking"}, {"data", "data"}}));
}

TEST(MessageThoughts, PutsTheSignatureOfACallDirectlyBeforeIt) {
  chat::EventDetails details;
  details.signature = {"c2ln"};
  const test::MessageStream without = read({started(&kGoogle), text("a"), call(0, "c", &details), finished(), kDone});
  ASSERT_EQ(without.content.size(), 3U);
  EXPECT_EQ(payload_of(without.content[1]["data"]), Json({{"thoughtSignature", "c2ln"}}));
  const test::MessageStream with = read({started(&kGoogle), thought("t"), call(0, "c", &details), finished(), kDone});
  ASSERT_EQ(with.content.size(), 2U);
  EXPECT_EQ(payload_of(with.content[0]["signature"]), Json({{"thoughtSignature", "c2ln"}}));
}

TEST(MessageThoughts, HidesThoughtsButNotSignatures) {
  ReplyMeta meta = kMeta;
  meta.hides_thoughts = true;
  chat::EventDetails details;
  details.signature = {"c2ln"};
  const test::MessageStream stream =
      read({started(&kGoogle), thought("t"), call(0, "c", &details), finished(), kDone}, meta);
  ASSERT_EQ(stream.content.size(), 2U);
  EXPECT_EQ(stream.content[0]["type"], "redacted_thinking");
  EXPECT_EQ(read({started(&kHost), thought("t"), text("a"), finished(), kDone}, meta).content.size(), 1U);
}

TEST(MessageThoughts, PutsReasoningItemsOfOpenAiIntoEnvelopes) {
  const chat::Origin openai{.provider = "openai", .model = "gpt", .dialect = kOpenaiResponses};
  chat::EventDetails item;
  item.thinking = {.redacted = true,
                   .text = {R"({\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"e\"})"}};
  const Event end{.kind = EventKind::kThinkingSigned, .details = &item};
  const test::MessageStream stream = read({started(&openai), thought("t"), end, end, text("a"), finished(), kDone});
  ASSERT_EQ(stream.content.size(), 3U);
  const Json payload = {{"id", "rs_1"}, {"summary", Json::array()}, {"encrypted_content", "e"}};
  EXPECT_EQ(payload_of(stream.content[0]["signature"]), payload);
  EXPECT_EQ(payload_of(stream.content[1]["data"]), payload);
}

// A signature of Google at its place.
Event signed_by(const chat::EventDetails& details) { return {.kind = EventKind::kPartSigned, .details = &details}; }

// The blocks, short: t:words, h:words (thinking), c:id, and s:signature, which a thinking block has behind its words.
std::string blocks(const Json& content) {
  std::string out;
  for (const Json& block : content) {
    out += out.empty() ? "" : " ";
    if (block["type"] == "text") out += "t:" + block["text"].get<std::string>();
    if (block["type"] == "tool_use") out += "c:" + block["id"].get<std::string>();
    if (block["type"] == "thinking") out += "h:" + block["thinking"].get<std::string>();
    const std::string seal = block.value("data", block.value("signature", ""));
    if (const Json payload = payload_of(seal); payload.is_object()) {
      out +=
          (block["type"] == "thinking" ? "/" : "s:") + payload.value("thoughtSignature", payload.value("id", "plain"));
    }
  }
  return out;
}

// The blocks of a stream, which are those of the whole reply.
std::string blocks_of(std::vector<Event> events, const chat::Origin& origin = kGoogle) {
  events.insert(events.begin(), started(&origin));
  events.push_back(finished());
  events.push_back(kDone);
  const std::string streamed = blocks(read(events).content);
  EXPECT_EQ(blocks(whole_reply(events)["content"]), streamed);
  return streamed;
}

TEST(MessageThoughts, PutsSignaturesOfGoogleToTheirPlaces) {
  std::vector<chat::EventDetails> details(4);
  for (size_t at = 0; at < details.size(); ++at) details[at].signature = {std::string_view("0123").substr(at, 1)};
  const Event end{.kind = EventKind::kContentEnded, .details = &details[1]};
  EXPECT_EQ(
      blocks_of({call(0, "f", &details[0]), thought("hm"), signed_by(details[1]), call(1, "g", &details[2]), end}),
      "s:0 c:f h:hm/1 s:2 c:g");
  EXPECT_EQ(blocks_of({signed_by(details[1]), text("a"), call(0, "f"), end}), "s:1 t:a c:f");
  EXPECT_EQ(blocks_of({text("a"), signed_by(details[1]), text("b"), call(0, "f"), end}), "t:ab s:1 c:f");
  EXPECT_EQ(blocks_of({signed_by(details[0]), text("a"), signed_by(details[1]), text("b"), end}), "s:0 t:a s:1 t:b");
  EXPECT_EQ(blocks_of({thought("hm"), signed_by(details[1]), text("a"), end}), "h:hm/1 t:a");
  EXPECT_EQ(blocks_of({text("a"), end}), "t:a s:1");
}

TEST(MessageThoughts, PutsTheLateSignatureOfACallBehindIt) {
  chat::EventDetails details;
  details.signature = {"c2ln"};
  Event late = input(0, R"(\"a\":1})");
  late.details = &details;
  Event alone = input(0, "");
  alone.details = &details;
  const auto streamed = [](std::vector<Event> events) {
    events.insert(events.begin(), started(&kGoogle));
    events.insert(events.end(), {finished(), kDone});
    EXPECT_EQ(blocks(whole_reply(events)["content"]).substr(0, 10), "s:c2ln c:x");  // There is time to put it before.
    return read(events).content;
  };
  const Json open = streamed({call(0, "x"), input(0, "{"), late, call(1, "y")});
  EXPECT_EQ(blocks(open), "c:x s:c2ln c:y");
  EXPECT_EQ(open[0]["input"], Json({{"a", 1}}));
  EXPECT_EQ(payload_of(open[1]["data"]), Json({{"thoughtSignature", "c2ln"}, {"of", "call before"}}));
  EXPECT_EQ(blocks(streamed({call(0, "x"), input(0, "{}"), alone})), "c:x s:c2ln");
  EXPECT_EQ(blocks(streamed({call(0, "x"), input(0, "{}"), text("a"), alone})), "c:x t:a s:c2ln");
}

Event text_break() { return {.kind = EventKind::kText, .is_break = true, .text = {R"(\n\n)"}}; }
Event thought_break() { return {.kind = EventKind::kReasoning, .is_break = true, .text = {R"(\n\n)"}}; }

TEST(MessageThoughts, BeginsNoBlockWithABreakThatTheModelDidNotWrite) {
  const chat::Origin openai{.provider = "openai", .model = "gpt", .dialect = kOpenaiResponses};
  std::vector<chat::EventDetails> items(3);
  for (chat::EventDetails& item : items) item.thinking.redacted = true;
  items[0].thinking.text = {R"({\"type\":\"reasoning\",\"id\":\"r1\",\"encrypted_content\":\"e\"})"};
  items[1].thinking.text = {R"({\"type\":\"reasoning\",\"id\":\"r2\",\"encrypted_content\":\"e\"})"};
  items[2].thinking_cut = true;
  const auto item = [&items](size_t at) { return Event{.kind = EventKind::kThinkingSigned, .details = &items[at]}; };
  EXPECT_EQ(blocks_of({thought("x"), item(0), text("a"), thought_break(), thought("y"), item(1), text_break(),
                       text("b"), text_break(), text("c")},
                      openai),
            R"(h:x/r1 t:a h:y/r2 t:b)"
            "\n\n"
            "c");
  EXPECT_EQ(blocks_of({thought("x"), item(2), thought_break(), thought("y"), item(1), text("a")}, openai),
            "h:x/plain h:y/r2 t:a");
}

TEST(MessageThoughts, GiveEachReasoningItemOfOpenAiABlockOfItsOwn) {
  const chat::Origin openai{.provider = "openai", .model = "gpt", .dialect = kOpenaiResponses};
  std::vector<chat::EventDetails> items(5);
  for (chat::EventDetails& item : items) item.thinking.redacted = true;
  items[0].thinking.text =
      items[1].thinking.text = {R"({\"type\":\"reasoning\",\"id\":\"r1\",\"encrypted_content\":\"e\"})"};
  items[0].confirmed = chat::Confirmed::kLater;
  items[1].confirmed = chat::Confirmed::kAgain;
  items[2].thinking.text = {R"({\"type\":\"reasoning\",\"id\":\"r2\",\"encrypted_content\":\"e\"})"};
  items[3].thinking_cut = true;
  items[3].confirmed = chat::Confirmed::kLater;
  const auto item = [&items](size_t at) { return Event{.kind = EventKind::kThinkingSigned, .details = &items[at]}; };
  const std::vector<Event> both = {thought("x"), item(0), thought_break(), thought("y"), item(1), item(2), text("a")};
  EXPECT_EQ(blocks_of(both, openai), "h:x/r1 h:y/r2 t:a");
  EXPECT_EQ(blocks_of({item(0), thought("y"), item(1), item(2), text("a")}, openai), "s:r1 h:y/r2 t:a");
  EXPECT_EQ(blocks_of({thought("x"), item(3), thought_break(), thought("y"), item(2), text("a")}, openai),
            "h:x/plain h:y/r2 t:a");
  EXPECT_EQ(blocks_of({thought("x"), item(0), thought_break(), thought("y"), text("a")}, openai),
            "h:x/r1 h:y/plain t:a");

  ReplyMeta hidden = kMeta;
  hidden.hides_thoughts = true;
  std::vector<Event> events = both;
  events.insert(events.begin(), started(&openai));
  events.insert(events.end(), {finished(), kDone});
  EXPECT_EQ(blocks(read(events, hidden).content), "s:r1 s:r2 t:a");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
