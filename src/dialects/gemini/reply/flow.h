// Turns the chunks of one reply into chat events. It holds what the chunks mean together: which candidates
// have begun, which call is open, what is said only at the end.
//
// A model's STOP may stand on every chunk or on the last, and a call's too; so nothing is finished before
// the reply has ended. Then, for each candidate: what is left of its call, an event of extras (sources, the
// signature of its text), and kFinished.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chat/event.h"
#include "dialects/dialect.h"
#include "dialects/gemini/reply/annotations/text_map.h"
#include "dialects/gemini/reply/parse.h"
#include "dialects/gemini/reply/partial_arguments.h"

namespace onellm::dialects::gemini {

// The member of a delta or a call with which a client sends a signature back; empty where there is none.
// https://ai.google.dev/gemini-api/docs/openai
[[nodiscard]] std::string signature_member(json::RawString signature);

class ReplyFlow {
 public:
  enum class Form : uint8_t {
    kStream,  // A candidate without finishReason was cut off.
    kWhole,   // It was not: a reply that arrived whole.
  };
  // The model of `asked` counts where the reply does not name one.
  ReplyFlow(Form form, const ReplyContext& asked)
      : form_(form),
        asked_(asked.choices),
        renamed_tools_(asked.renamed_tools),
        seed_(asked.seed),
        model_(json::escape(asked.model)) {}

  // Hands on what the chunk says, but for its `error`. False if it breaks a limit or a rule of calls;
  // problem() says which.
  [[nodiscard]] bool take(const Chunk& chunk, chat::EventSink& sink);

  // The reply has ended: hands on what waited for that, and kCompleted or kFailed: with `cut`, where a stream
  // ended before its answer.
  void end(const Error& cut, chat::EventSink& sink);
  // See StreamDecoder.
  [[nodiscard]] bool awaits_end() const;

  // Hands on the usage so far and kFailed.
  void fail(const Error& error, chat::EventSink& sink);
  void emit_usage(chat::EventSink& sink) const;

  // Frees what was made for the last chunk.
  void release_memory();

  // For people: "has too many tool calls".
  [[nodiscard]] const char* problem() const { return problem_; }

 private:
  struct Choice {
    bool started = false;
    bool blocked = false;      // Its prompt was refused.
    bool has_content = false;  // Something that a reader can use: text, a call, an image.
    bool has_thoughts = false;
    uint32_t calls = 0;
    std::unique_ptr<PartialArguments> open_call;  // Of the last call, as long as more of it may come.
    std::string open_id;                          // Its id, if the model gave it one.
    std::string finish_reason;                    // Inside of a JSON string, like those below.
    std::string finish_message;
    std::string signature;  // Of its text. Those of calls went out with them.
    TextMap text;
    std::string sources;    // Annotations, joined with ','.
    std::string citations;  // Likewise.
  };

  // --- reply/flow.cpp ---
  void take_candidate(const Chunk& chunk, const Candidate& candidate, chat::EventSink& sink);
  void take_part(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_text(json::RawString text, uint32_t index, chat::EventSink& sink);
  void take_other(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_server_tool(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_sources(const Candidate& candidate);
  void start(uint32_t index, chat::EventSink& sink);
  void emit(chat::Event& event, chat::EventSink& sink);
  [[nodiscard]] Choice& choice_at(uint32_t index);

  // --- reply/calls.cpp ---
  void take_call(const Part& part, uint32_t index, chat::EventSink& sink);
  void take_partial_arguments(const Part& part, bool with_signature, uint32_t index, chat::EventSink& sink);
  void open_call(const Part& part, uint32_t index, chat::EventSink& sink);
  void close_call(uint32_t index, chat::EventSink& sink);
  void emit_arguments(std::string_view json, uint32_t index, json::RawMembers extra, chat::EventSink& sink);

  // --- reply/end.cpp ---
  [[nodiscard]] bool settle(Choice& choice) const;
  [[nodiscard]] bool all_finished() const;
  void fail_cut(const Error& cut, chat::EventSink& sink);
  [[nodiscard]] const Choice* without_answer() const;
  void finish(uint32_t index, chat::EventSink& sink);

  [[nodiscard]] json::RawString name_of(const Part& part) const;

  Form form_;
  const size_t asked_;  // So many candidates.
  std::vector<std::pair<std::string, std::string>> renamed_tools_;
  std::vector<Choice> choices_;
  TokenCounts counts_;  // The last of each.
  std::string block_reason_;
  std::string block_message_;
  std::string logprobs_;              // Of the candidate being taken, for the first of its events.
  std::vector<int64_t> part_begins_;  // Likewise, in a whole reply: where its parts begin, in bytes of its text.
  std::string text_;                  // Being made; kept for its memory.
  std::string escaped_;
  bool repeats_finish_ = false;  // More of an answer came with another finishReason: they do not mean the end.
  const char* problem_ = "";

  // The first that the reply said; they make the ids of calls that have none, and where there is no id_, seed_.
  std::string id_;
  std::string seed_;
  std::string model_;
  bool model_said_ = false;
  int64_t created_s_ = 0;
};

}  // namespace onellm::dialects::gemini
