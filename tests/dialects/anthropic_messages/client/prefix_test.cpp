// The request of the next turn begins like the one of this turn, at every provider: their prompt caches live on that.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kBegin = R"("thinking":{"type":"adaptive"},"metadata":{"user_id":"u"},
  "system":[{"type":"text","text":"One."},{"type":"text","text":"Two.","cache_control":{"type":"ephemeral"}}],
  "tools":[{"name":"f.g","description":"d","input_schema":{"type":"object","properties":{"a":{"type":"string"}}}},
           {"type":"bash_20250124","name":"bash"},{"name":"mcp__x","input_schema":{"type":"object"},"defer_loading":true}],)";

// The messages of a conversation, one turn after another.
const std::vector<std::string>& turns() {
  static const std::vector<std::string> kTurns = {
      R"({"role":"user","content":[{"type":"text","text":"<reminder>"},{"type":"text","text":"List the files"%MARK%}]})",
      R"({"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"text","text":"Looking."},
         {"type":"tool_use","id":"toolu_1","name":"bash","input":{"command":"ls","n":1.0}}]})",
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"a.txt"}]%MARK%}]})",
      R"({"role":"assistant","content":[{"type":"text","text":"There is a.txt."}]})",
      R"({"role":"user","content":[{"type":"text","text":"and now?"%MARK%}]})",
      R"({"role":"system","content":"Plan mode."})",
      R"({"role":"assistant","content":[{"type":"tool_use","id":"toolu_2","name":"f.g","input":{}},{"type":"tool_use","id":"toolu_3","name":"bash","input":{}}]})",
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_3","content":"three","is_error":true},
         {"type":"tool_result","tool_use_id":"toolu_2"},{"type":"text","text":"go on"%MARK%}]})",
  };
  return kTurns;
}

// The first `count` messages; the last of them has a mark if `marked`.
std::string conversation(size_t count, bool marked) {
  std::string messages;
  for (size_t i = 0; i < count; ++i) {
    std::string message = turns()[i];
    const size_t at = message.find("%MARK%");
    const bool is_last = marked && i + 1 == count;
    if (at != message.npos) message.replace(at, 6, is_last ? R"(,"cache_control":{"type":"ephemeral"})" : "");
    messages += (i == 0 ? "" : ",") + message;
  }
  return messages_body(kBegin + (R"("messages":[)" + messages) + "]");
}

// The body up to the end of its last message.
std::string up_to_messages(const std::string& text) {
  for (const char* const key : {R"("messages":[)", R"("input":[)", R"("contents":[)"}) {
    size_t at = text.find(key);
    if (at == text.npos) continue;
    at += std::string_view(key).size();
    size_t depth = 1;
    bool in_string = false;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (in_string && c == '\\') {
        ++at;
        continue;
      }
      if (c == '"') in_string = !in_string;
      if (in_string) continue;
      if (c == '[' || c == '{') ++depth;
      if ((c == ']' || c == '}') && --depth == 0) return text.substr(0, at);
    }
  }
  return text;
}

std::string without_marks(std::string text) {
  for (const std::string_view mark :
       {R"(,"prompt_cache_breakpoint":{"mode":"explicit"})", R"(,"cache_control":{"type":"ephemeral"})"}) {
    for (size_t at = text.find(mark); at != text.npos; at = text.find(mark)) text.erase(at, mark.size());
  }
  return text;
}

TEST(MessagesPrefix, StaysTheSameFromTurnToTurn) {
  for (const Target* target : all_targets()) {
    if (target == &bison() || target == &claude()) continue;  // PaLM has no tools; Claude's is the client's own.
    for (const size_t count : {size_t{1}, size_t{3}, size_t{5}}) {
      const size_t next = count == 5 ? turns().size() : count + 2;
      const Sent now = send_body(conversation(count, true), *target);
      const Sent then = send_body(conversation(next, true), *target);
      ASSERT_EQ(now.error.message, "") << target->model;
      ASSERT_EQ(then.error.message, "") << target->model;
      std::string before = without_marks(up_to_messages(now.text));
      while (before.ends_with(']') || before.ends_with('}')) before.pop_back();  // More may follow in the same turn.
      EXPECT_EQ(without_marks(then.text).substr(0, before.size()), before) << target->model;
    }
  }
}

// Claude gets the marks where the client has them. A text that loses its mark stays in its list.
TEST(MessagesPrefix, OnlyMovesMarksAtClaude) {
  const auto sent = [](const char* first, const char* more) {
    const Sent got = send_with(R"("system":[{"type":"text","text":"S.")" + std::string(first) +
                                   R"(}],"messages":[{"role":"user","content":[{"type":"text","text":"q")" + first +
                                   "}]}" + more + "]",
                               claude());
    return without_marks(up_to_messages(got.text));
  };
  const std::string now = sent(R"(,"cache_control":{"type":"ephemeral"})", "");
  const std::string then = sent(
      "",
      R"(,{"role":"assistant","content":"a"},{"role":"user","content":[{"type":"text","text":"r","cache_control":{"type":"ephemeral"}}]})");
  EXPECT_EQ(then.substr(0, now.size()), now);
}

TEST(MessagesPrefix, DoesNotDependOnMarksWhereThereAreNone) {
  for (const Target* target : all_targets()) {
    if (target == &bison() || target == &claude()) continue;
    const Sent marked = send_body(conversation(5, true), *target);
    const Sent bare = send_body(conversation(5, false), *target);
    EXPECT_EQ(without_marks(marked.text), without_marks(bare.text)) << target->model;
  }
}

TEST(MessagesPrefix, IsTheSameForATextAndAListOfIt) {
  for (const Target* target : all_targets()) {
    const Sent text = send_with(
        R"("messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}])",
        *target);
    const Sent list = send_with(
        R"("messages":[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":[{"type":"text","text":"b"}]},{"role":"user","content":"c"}])",
        *target);
    EXPECT_EQ(text.text, list.text) << target->model;
  }
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
