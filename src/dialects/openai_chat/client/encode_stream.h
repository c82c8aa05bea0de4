// Encodes events as a stream of `chat.completion.chunk`s.
// https://platform.openai.com/docs/api-reference/chat-streaming
//
// Rule: Follow what client libraries require; they are stricter than the API's description. Only the first delta of a
// choice has the role. `id`, `created` and `model` stay the same. Later fragments of a tool call have only index and
// arguments. `choices` is empty only in a usage chunk that the client asked for.
//
// This is the hot path of a translated stream. The constant part of a chunk is made once for each choice, and events
// are written by appending.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialects/client_dialect.h"
#include "dialects/openai_chat/client/own_form/own_form.h"
#include "dialects/openai_chat/client/tool_call_json.h"

namespace onellm::dialects::openai_chat {

class ChunkStreamEncoder final : public StreamEncoder {
 public:
  explicit ChunkStreamEncoder(const ReplyMeta& meta)
      : meta_(meta), shape_(meta.function_call ? ToolCallShape::kFunctionCall : ToolCallShape::kToolCalls) {}
  void take(const chat::Event& event, std::string& out) override;
  void keep_alive(std::string& out) override;

 private:
  // Extras that came before the first delta. They are sent with it.
  struct Waiting {
    std::string delta_extra;
    std::string choice_extra;
    std::string reply_extra;
  };
  struct Choice {
    std::string head;       // From `data: ` up to the brace that opens the delta.
    std::string text_head;  // The same up to the quote that opens its content.
    bool role_sent = false;
    Waiting waiting;
  };
  struct Extras {
    json::RawMembers choice;
    json::RawMembers reply;
    json::RawString native_finish;
  };
  // The last ending of a chunk that does not finish its choice, kept because nearly all such chunks end alike.
  struct Ending {
    std::string choice_extra;
    std::string reply_extra;
    std::string text;  // Empty: no ending is kept.
  };

  [[nodiscard]] Choice& choice_at(uint32_t index);
  void write(const chat::Event& event, std::string& out);
  void start(const chat::Event& event, uint32_t index);
  void take_text(const chat::Event& event, std::string& out);
  void take_tool_call_opened(const chat::Event& event, std::string& out);
  void take_tool_arguments(const chat::Event& event, std::string& out);
  void take_extra(const chat::Event& event, std::string& out);
  void take_finished(const chat::Event& event, std::string& out);
  void take_completed(const chat::Event& event, std::string& out);

  void write_role(Choice& choice, std::string_view content, std::string& out);
  void end_open_chunk(const Extras& extras, std::string& out);
  void end_chunk(const Extras& extras, std::string_view finish_reason, std::string& out);
  void end_envelope(json::RawMembers reply_extra, std::string_view usage, std::string& out);

  ReplyMeta meta_;
  ToolCallShape shape_;
  OwnForm form_;
  std::vector<Choice> choices_;
  std::string envelope_;  // From `data: ` up to `"choices":`, of the choice that began last.
  std::string usage_;     // The usage object, or empty.
  std::string usage_reply_extra_;
  std::string last_reply_extra_;  // The reply extras written last.
  Ending ending_;
  std::string id_;
  int64_t created_s_ = 0;
};

}  // namespace onellm::dialects::openai_chat
