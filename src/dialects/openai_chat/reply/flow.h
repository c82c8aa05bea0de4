// Turns the chunks of one reply into chat events. Keeps the state across chunks: which choices have begun and ended,
// which tool calls are open, and what waits for the next chunk.
//
// Order: A choice's kStarted comes first. Extras (members that we do not know) go with the first event of their chunk.
// kUsage comes after the choices of its chunk. Text after a finish_reason is still passed on. A second finish_reason is
// not, nor is a chunk with only filter offsets.
//
// The tool calls of a choice are passed on one after another, since for clients a new call ends the one before.
// Fragments of a later call wait until the JSON of the earlier call is complete.
//
// Rule: Only kStarted and kUsage may come before the answer itself. Labels beside the role (`channel`, empty filter
// results) are held until then. So any other event means that an answer exists. An error before that can be retried
// at another target.
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
  // `asked`: the context of the request that this reply answers.
  explicit ReplyFlow(const ReplyContext& asked = {})
      : asked_(asked.choices), renamed_tools_(asked.renamed_tools), seed_(asked.seed) {}

  // Passes on the chunk's events, except its `error`; a chunk with an error finishes no choice. False if the chunk
  // exceeds a limit, or ends an answer that was interrupted before its first word; failure() says which.
  [[nodiscard]] bool take(const Chunk& chunk, chat::EventSink& sink);

  // The reply is complete: finishes all open choices and passes on kCompleted. Requires any_choice().
  void complete(chat::EventSink& sink);

  [[nodiscard]] bool any_choice() const { return !choices_.empty(); }
  // True once all requested choices exist and each has its finish_reason.
  [[nodiscard]] bool all_finished() const;
  // See StreamDecoder.
  [[nodiscard]] bool awaits_end() const { return !repeats_finish_ && all_finished(); }
  // Requires that take() returned false.
  [[nodiscard]] Error failure() const;

 private:
  struct Choice {
    bool started = false;
    bool finished = false;
    bool answered = false;  // A part of the answer, or its end, was seen.
    ToolCallTable tool_calls;
    size_t call_on_turn = 0;  // The current call. Calls before it are complete; calls after it wait.
    // Raw members that came before the answer.
    std::string held_delta;
    std::string held_choice;
    chat::ExtraHolds held_holds = chat::ExtraHolds::kLabels;  // What held_delta holds.
    std::string signature;                                    // Of the text.
    bool has_citations = false;
  };

  // The raw members of the current chunk. The first event that may carry a member takes it.
  struct Extras {
    json::RawMembers delta;
    json::RawMembers choice;
    json::RawMembers reply;
    chat::ExtraHolds holds = chat::ExtraHolds::kLabels;  // Of `delta`.
    json::Raw logprobs = {};                             // They are in `choice`, too.
  };

  // What may end the current call, from weak to strong: its JSON is complete; arguments of the next call came; the
  // reply ended.
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
  void emit_with_details(chat::Event& event, json::Raw logprobs, chat::EventSink& sink);

  // --- reply/typed_extras.cpp ---
  void note_service_tier(json::RawString tier);
  void hand_on_typed(const ChunkChoice& choice, chat::EventSink& sink);
  void end_content(uint32_t choice_index, chat::EventSink& sink);

  std::vector<Choice> choices_;
  Extras extras_;
  std::string waiting_reply_extra_;  // From chunks that gave no event, such as Azure's first one.
  std::string merged_reply_extra_;
  std::string escaped_arguments_;
  std::string service_tier_;
  bool has_new_tier_ = false;   // It was not passed on yet.
  size_t held_call_bytes_ = 0;  // Total of all calls that wait.
  const char* problem_ = "";
  const size_t asked_;  // Number of choices that the request asked for.
  const RenamedTools renamed_tools_;
  bool repeats_finish_ = false;  // Text came with a second finish_reason, so a finish_reason does not mean the end.
  std::string interrupted_by_;   // The finish_reason of an answer that never began; empty: not interrupted.

  // The seed and the first values in the reply. Ids of tool calls without one are made from them.
  const std::string seed_;
  std::string id_;
  std::string model_;
  int64_t created_s_ = 0;
};

}  // namespace onellm::dialects::openai_chat
