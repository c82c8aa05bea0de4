#include "dialects/anthropic_messages/request/messages/conversation.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "dialects/anthropic_messages/request/cache_mark.h"
#include "dialects/anthropic_messages/request/messages/blocks.h"
#include "dialects/anthropic_messages/request/messages/open_calls.h"
#include "dialects/anthropic_messages/request/tools/ids.h"
#include "dialects/common/request/blank_text.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Message;
using chat::Role;

constexpr std::string_view kInlineSystemBeta = "mid-conversation-system-2026-04-07";

// Placeholders where the API needs a text and the client sent none.
constexpr json::RawString kNothingSaid{"(empty)"};
constexpr json::RawString kBegin{"Begin."};        // There are only system messages.
constexpr json::RawString kContinue{"Continue."};  // The last turn is the assistant's and cannot be continued.

class Arranger {
 public:
  Arranger(RequestDraft& draft, bool thinks) : draft_(draft), thinks_(thinks) {
    conversation_.call_ids = legal_call_ids(draft.request);
  }

  Conversation arrange() {
    const std::vector<Message>& messages = draft_.request.messages;
    for (size_t i = 0; i < messages.size(); ++i) take({messages[i], i});
    close_user_turn();
    close_assistant_turn();
    if (conversation_.turns.empty()) say(kBegin);
    if (last_role() == TurnRole::kAssistant) end_with_assistant();
    return std::move(conversation_);
  }

 private:
  void take(MessagePlace place) {
    if (draft_.is_own() && place.message.notes.is_only_copied) return;
    const Role role = place.message.role;
    const bool is_result = role == Role::kTool || role == Role::kFunction;  // Their name is in the call.
    if (!place.message.name.empty() && !is_result) draft_.drops.add("messages[].name");
    switch (role) {
      case Role::kSystem:
      case Role::kDeveloper: return take_system(place);
      case Role::kUser: return take_user(content_blocks(place, conversation_, draft_));
      case Role::kAssistant: return take_assistant(place);
      case Role::kTool:
      case Role::kFunction: return take_result(place);
    }
  }

  // System messages at the beginning go to `system`. Later ones become system turns if the model supports them; these
  // must follow a user turn, so they wait for its end. Otherwise they are folded into the user's turn.
  void take_system(MessagePlace place) {
    std::vector<Block> blocks = content_blocks(place, conversation_, draft_);
    if (conversation_.turns.empty() && !user_turn_open_) {
      append(std::move(blocks), conversation_.system);
    } else if (draft_.rules.takes_inline_system && (user_turn_open_ || calls_.any_open())) {
      append(std::move(blocks), waiting_system_);
    } else if (!blocks.empty()) {
      fold(std::move(blocks));
    }
  }

  // Puts system messages into the user's turn, marked by <system>.
  void fold(std::vector<Block> instructions) {
    for (Block& block : instructions) {
      block.before = "<system>\\n";
      block.after = "\\n</system>";
    }
    take_user(std::move(instructions));
  }

  void take_user(std::vector<Block> blocks) {
    open_user_turn();
    append(std::move(blocks), said_);
  }

  void take_assistant(MessagePlace place) {
    const size_t first_call = next_call_;
    const Message& message = place.message;
    next_call_ += message.tool_calls.size() + (message.function_call ? 1 : 0);
    std::vector<Block> blocks = assistant_blocks(place, first_call, thinks_ || draft_.is_own(), conversation_, draft_);
    if (blocks.empty()) return;  // The user turns around it become one.
    if (user_turn_open_) close_user_turn();
    for (const Block& block : blocks) {
      if (block.kind == BlockKind::kToolUse) calls_.add(*block.call, block.id);
    }
    if (last_role() != TurnRole::kAssistant) conversation_.turns.push_back({TurnRole::kAssistant, {}});
    append(std::move(blocks), conversation_.turns.back().blocks);
  }

  void take_result(MessagePlace place) {
    std::vector<Block> content = content_blocks(place, conversation_, draft_);
    const std::optional<std::string_view> call = calls_.answer(place.message);
    open_user_turn();
    if (!call) return append(as_text(place.message, std::move(content)), said_);
    results_.push_back({.kind = BlockKind::kToolResult,
                        .is_error = place.message.is_error,
                        .id = *call,
                        .content = std::move(content)});
    Block& result = results_.back();
    if (draft_.is_own()) {
      result.extra = place.message.extra;
      result.cache_control = place.message.cache_control;
      return;
    }
    for (Block& block : result.content) {
      const json::Raw cache_control = std::exchange(block.cache_control, {});
      if (!cache_control.empty()) result.cache_control = cache_control;
    }
    if (result.cache_control.empty()) result.cache_control = cache_mark(place.message.cache_control);
  }

  // A result without an open call. The API refuses it as a result, so it becomes text.
  static std::vector<Block> as_text(const Message& message, std::vector<Block> content) {
    const bool is_function = message.role == Role::kFunction;
    std::vector<Block> blocks;
    blocks.push_back({.before = is_function ? "Result of the function " : "Result of the tool call ",
                      .text = is_function ? message.name : message.tool_call_id,
                      .after = content.empty() ? ": (no result)" : ":"});
    append(std::move(content), blocks);
    if (!message.cache_control.empty()) blocks.back().cache_control = cache_mark(message.cache_control);
    return blocks;
  }

  void open_user_turn() {
    close_assistant_turn();
    user_turn_open_ = true;
  }

  void close_assistant_turn() {
    if (draft_.is_own()) return;  // The client knows this order.
    if (last_role() == TurnRole::kAssistant && !user_turn_open_) put_in_order(conversation_.turns.back().blocks);
  }

  // Ends the user's turn, if it was begun or if calls still have no result. Waiting system messages follow it.
  void close_user_turn() {
    if (!user_turn_open_ && !calls_.any_open()) return;
    close_assistant_turn();
    user_turn_open_ = false;
    calls_.answer_the_rest(results_);
    append(std::move(said_), results_);
    if (results_.empty()) results_.push_back({.text = kNothingSaid});
    conversation_.turns.push_back({TurnRole::kUser, std::exchange(results_, {})});
    said_.clear();
    if (waiting_system_.empty()) return;
    draft_.need_beta(kInlineSystemBeta);
    conversation_.turns.push_back({TurnRole::kSystem, std::exchange(waiting_system_, {})});
  }

  // The last turn is the assistant's: the model continues it (prefill). That is not possible with thinking or a
  // schema; then the user asks it to continue. The API refuses white space at the end.
  void end_with_assistant() {
    if (!draft_.rules.takes_prefill || thinks_ || draft_.wants_schema()) return say(kContinue);
    Block& last = conversation_.turns.back().blocks.back();
    if (last.kind == BlockKind::kText) last.text = without_trailing_space(last.text);
  }

  void say(json::RawString text) {
    std::vector<Block> blocks;
    blocks.push_back({.text = text});
    conversation_.turns.push_back({TurnRole::kUser, std::move(blocks)});
  }

  static void append(std::vector<Block> from, std::vector<Block>& to) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  }

  // kSystem if there is no turn yet.
  TurnRole last_role() const {
    return conversation_.turns.empty() ? TurnRole::kSystem : conversation_.turns.back().role;
  }

  RequestDraft& draft_;
  bool thinks_;
  Conversation conversation_;
  size_t next_call_ = 0;               // Index into call_ids.
  OpenCalls calls_;                    // Calls of the assistant's last turn.
  bool user_turn_open_ = false;        // Its blocks are results_, then said_.
  std::vector<Block> results_;         // Tool results.
  std::vector<Block> said_;            // Everything else.
  std::vector<Block> waiting_system_;  // Becomes a system turn after the user's turn.
};

}  // namespace

Conversation arrange_conversation(RequestDraft& draft, bool thinks) { return Arranger(draft, thinks).arrange(); }

bool is_plain_text(const std::vector<Block>& blocks) {
  const bool is_alone = blocks.size() == 1 && blocks[0].kind == BlockKind::kText;
  return is_alone && blocks[0].cache_control.empty() && !blocks[0].is_listed;
}

bool has_thoughts(const Conversation& conversation) {
  const auto is_thought = [](const Block& block) { return block.kind == BlockKind::kThinking; };
  return std::any_of(conversation.turns.begin(), conversation.turns.end(),
                     [&](const Turn& turn) { return std::any_of(turn.blocks.begin(), turn.blocks.end(), is_thought); });
}

bool instruct_at_end(Block instruction, Conversation& conversation) {
  if (conversation.turns.empty() || conversation.turns.back().role == TurnRole::kAssistant) return false;
  conversation.turns.back().blocks.push_back(std::move(instruction));
  return true;
}

bool calls_without_thinking(const Conversation& conversation) {
  const auto last = std::find_if(conversation.turns.rbegin(), conversation.turns.rend(),
                                 [](const Turn& turn) { return turn.role == TurnRole::kAssistant; });
  if (last == conversation.turns.rend() || last->blocks.front().kind == BlockKind::kThinking) return false;
  return std::any_of(last->blocks.begin(), last->blocks.end(),
                     [](const Block& block) { return block.kind == BlockKind::kToolUse; });
}

}  // namespace onellm::dialects::anthropic_messages
