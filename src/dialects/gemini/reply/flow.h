// Turns the chunks of one reply into chat events. Keeps the state of the reply: the candidates, the open call, and
// values that are emitted only at the end.
//
// Rule: Nothing is finished before the reply ends, because some models send STOP with every chunk. At the end, each
// candidate gets the rest of its call, its sources, the signature of its text, and kFinished.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chat/event.h"
#include "dialects/dialect.h"
#include "dialects/gemini/reply/annotations/grounding.h"
#include "dialects/gemini/reply/annotations/text_map.h"
#include "dialects/gemini/reply/parse.h"
#include "dialects/gemini/reply/partial_arguments.h"

namespace onellm::dialects::gemini {

class ReplyFlow {
 public:
  enum class Form : uint8_t {
    kStream,  // A candidate without finishReason was cut off.
    kWhole,   // The reply came whole: a candidate without finishReason is complete if it has content.
  };
  // The model of `asked` is used until the reply names one.
  ReplyFlow(Form form, const ReplyContext& asked)
      : form_(form),
        asked_(asked.choices),
        renamed_tools_(asked.renamed_tools),
        seed_(asked.seed),
        model_(json::escape(asked.model)) {}

  // Emits the chat events of a chunk; the caller handles its `error`. False if a limit is exceeded or a call is
  // invalid; problem() has the reason.
  [[nodiscard]] bool take(const Chunk& chunk, chat::EventSink& sink);

  // The reply has ended: emits what was kept for the end, then kCompleted or kFailed. `cut` is the error to report if a
  // stream ended before its candidates were finished.
  void end(const Error& cut, chat::EventSink& sink);
  // See StreamDecoder.
  [[nodiscard]] bool awaits_end() const;

  // Emits the usage so far and kFailed.
  void fail(const Error& error, chat::EventSink& sink);
  void emit_usage(chat::EventSink& sink) const;

  // Frees the buffers.
  void release_memory();

  // Text for the error message, such as "has too many tool calls".
  [[nodiscard]] const char* problem() const { return problem_; }

 private:
  struct Choice {
    bool started = false;
    bool blocked = false;      // The prompt was refused.
    bool has_content = false;  // It has text, a call, an image, or code that was run.
    bool has_thoughts = false;
    uint32_t calls = 0;
    std::unique_ptr<PartialArguments> open_call;  // Arguments of the last call while more may come.
    std::string last_id;                          // The id that the model gave the last call; may be empty.
    std::string finish_reason;                    // Escaped for a JSON string, like finish_message and signature.
    std::string finish_message;
    std::string signature;  // Signature of the text. Signatures of calls are emitted with the calls.
    TextMap text;
    SourceList sources;  // Of the grounding.
    SourceList citations;
  };

  // --- reply/flow.cpp ---
  void take_candidate(const Chunk& chunk, const Candidate& candidate, chat::EventSink& sink);
  void take_part(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_thought(json::RawString text, uint32_t index, chat::EventSink& sink);
  void emit_signature(json::RawString signature, uint32_t index, chat::EventSink& sink);
  void take_text(json::RawString text, uint32_t index, chat::EventSink& sink);
  void take_other(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_server_tool(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_sources(const Candidate& candidate);
  void start(uint32_t index, chat::EventSink& sink);
  void emit(chat::Event& event, chat::EventSink& sink, chat::EventDetails* details = nullptr);
  [[nodiscard]] Choice& choice_at(uint32_t index);

  // --- reply/calls.cpp ---
  void take_call(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_partial_arguments(const Part& part, bool with_signature, uint32_t index, chat::EventSink& sink);
  void open_call(const Part& part, uint32_t index, chat::EventSink& sink);
  void close_call(uint32_t index, chat::EventSink& sink);
  void emit_arguments(std::string_view json, uint32_t index, json::RawString signature, chat::EventSink& sink);

  // --- reply/end.cpp ---
  [[nodiscard]] bool settle(Choice& choice) const;
  [[nodiscard]] bool all_finished() const;
  void fail_cut(const Error& cut, chat::EventSink& sink);
  [[nodiscard]] const Choice* without_answer() const;
  void finish(uint32_t index, chat::EventSink& sink);

  [[nodiscard]] json::RawString name_of(const Part& part) const;

  Form form_;
  const size_t asked_;  // Number of requested candidates.
  std::vector<std::pair<std::string, std::string>> renamed_tools_;
  std::vector<Choice> choices_;
  TokenCounts counts_;  // The latest counts.
  std::string block_reason_;
  std::string block_message_;
  std::string logprobs_;              // Logprobs of the present candidate; emitted with its first event.
  std::vector<int64_t> part_begins_;  // Only for a whole reply: start of each part of the present candidate, in bytes.
  std::string text_;                  // A buffer, kept to reuse its memory.
  std::string escaped_;
  bool repeats_finish_ = false;  // Content came with a second finishReason: it is no sign of the end here.
  const char* problem_ = "";

  // The first values in the reply. Ids of calls without one are derived from them; seed_ replaces an empty id_.
  std::string id_;
  std::string seed_;
  std::string model_;
  bool model_said_ = false;
  int64_t created_s_ = 0;
};

}  // namespace onellm::dialects::gemini
