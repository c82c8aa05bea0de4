// Turns the chunks of one reply into chat events. It holds what the chunks mean together: which choices
// have begun and ended, which tool calls are open, what waits for the next chunk.
//
// Order: a choice's kStarted first; extras ride on the first event that its chunk gives; kUsage after the
// choices of its chunk. What a host says for a choice after its finish_reason (late text) is passed on all
// the same; a second finish_reason is not, nor a chunk that says nothing but the results of a filter.
//
// The calls of a choice are handed on one after another, since clients take a new one to end the one before:
// what a host says of a later call while the JSON of an earlier one is not whole waits.
//
// No event but kStarted and kUsage comes before the answer itself: what hosts say beside the role (`channel`,
// empty results of a filter) is held until then. So what follows kStarted means that there is an answer, and
// an error before it can still be tried elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/reply/parse.h"
#include "dialects/openai_chat/reply/tool_call_table.h"

namespace onellm::dialects::openai_chat {

class ReplyFlow {
 public:
  // `asked` is of the request that this reply answers.
  explicit ReplyFlow(const ReplyContext& asked = {})
      : asked_(asked.choices), renamed_tools_(asked.renamed_tools), seed_(asked.seed) {}

  // Hands on what the chunk says, but for its `error`: a chunk that has one finishes no choice. False if
  // it breaks a limit, or ends an answer that was interrupted before its first word; failure() says which.
  [[nodiscard]] bool take(const Chunk& chunk, chat::EventSink& sink);

  // The reply is whole: finishes what was not finished, and hands on kCompleted. Requires any_choice().
  void complete(chat::EventSink& sink);

  [[nodiscard]] bool any_choice() const { return !choices_.empty(); }
  // True once there are as many choices as were asked for, and each has its finish_reason.
  [[nodiscard]] bool all_finished() const;
  // See StreamDecoder.
  [[nodiscard]] bool awaits_end() const { return !repeats_finish_ && all_finished(); }
  // Requires that take() gave false.
  [[nodiscard]] Error failure() const;

 private:
  struct Choice {
    bool started = false;
    bool finished = false;
    bool answered = false;  // Something of the answer, or its end, was seen.
    ToolCallTable tool_calls;
    size_t call_on_turn = 0;  // Those before it are whole; those behind it wait.
    // Raw members that came before the answer.
    std::string held_delta;
    std::string held_choice;
  };

  // The raw members of a chunk on their way out: each is taken by the first event that may carry it.
  struct Extras {
    json::RawMembers delta;
    json::RawMembers choice;
    json::RawMembers reply;
  };

  // What may end the call that is on turn, in ascending order.
  enum class CallEnd : uint8_t { kItsJson, kArgumentsOfNext, kReply };

  [[nodiscard]] Choice& choice_at(uint32_t index);
  void take_extra_of_reply(const Chunk& chunk);
  void keep_extra_of_reply(const Chunk& chunk, chat::EventSink& sink);
  void hand_on_extra_of_reply(const Chunk& chunk, chat::EventSink& sink);
  [[nodiscard]] bool is_interrupted(const Chunk& chunk, const ChunkChoice& choice) const;
  void take_choice(const Chunk& chunk, const ChunkChoice& choice, chat::EventSink& sink);
  void hand_on_held(uint32_t choice_index, chat::EventSink& sink);
  void take_tool_call(const Piece& piece, uint32_t choice_index, chat::EventSink& sink);
  void say_of_call(uint32_t choice_index, size_t call, json::RawString arguments, json::RawMembers extra,
                   chat::EventSink& sink);
  void hold_call(TrackedToolCall& call, json::RawString arguments, json::RawMembers extra);
  void end_calls(uint32_t choice_index, size_t until, CallEnd end, chat::EventSink& sink);
  [[nodiscard]] bool has_ended(const TrackedToolCall& call, CallEnd end) const;
  void take_usage(const Chunk& chunk, chat::EventSink& sink);
  void start(uint32_t choice_index, chat::EventSink& sink);
  void open_tool_call(uint32_t choice_index, size_t call, json::RawMembers extra, chat::EventSink& sink);
  void finish(uint32_t choice_index, json::RawString reason, json::RawString native, chat::EventSink& sink);
  void emit(chat::Event& event, chat::EventSink& sink);

  std::vector<Choice> choices_;
  Extras extras_;
  std::string waiting_reply_extra_;  // Of chunks without an event (Azure's first one).
  std::string merged_reply_extra_;
  std::string escaped_arguments_;
  size_t held_call_bytes_ = 0;  // Of all calls that wait.
  const char* problem_ = "";
  const size_t asked_;  // So many choices.
  const RenamedTools renamed_tools_;
  bool repeats_finish_ = false;  // More of an answer came with another finish_reason: they do not mean the end.
  std::string interrupted_by_;   // The finish_reason of an answer that never began. Empty: it was not.

  // These and the first that the reply said make the ids of tool calls that have none.
  const std::string seed_;
  std::string id_;
  std::string model_;
  int64_t created_s_ = 0;
};

}  // namespace onellm::dialects::openai_chat
