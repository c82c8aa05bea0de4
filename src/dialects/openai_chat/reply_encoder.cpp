#include "dialects/openai_chat/reply_encoder.h"

#include "chat/members.h"
#include "dialects/openai_chat/usage_json.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

void add_text_or_null(json::ObjectWriter& object, std::string_view key, bool there, const std::string& text) {
  if (there) {
    object.add(key, json::RawString{text});
  } else {
    object.add_null(key);
  }
}

void write_tool_call(const chat::AnswerToolCall& call, std::string& out) {
  json::ObjectWriter object(out);
  object.add("id", json::RawString{call.id});
  object.add("type", json::RawString{call.custom ? "custom" : "function"});
  {
    json::ObjectWriter tool(object.begin(call.custom ? "custom" : "function"));
    tool.add("name", json::RawString{call.name});
    tool.add(call.custom ? "input" : "arguments", json::RawString{call.arguments});
  }
  object.add(json::RawMembers{call.extra});
}

void write_message(const chat::AnswerChoice& choice, std::string& out) {
  json::ObjectWriter message(out);
  message.add("role", json::RawString{"assistant"});
  add_text_or_null(message, "content", choice.has_text, choice.text);
  add_text_or_null(message, "refusal", choice.has_refusal, choice.refusal);
  if (!choice.reasoning.empty()) message.add("reasoning_content", json::RawString{choice.reasoning});
  if (!choice.tool_calls.empty()) {
    json::ArrayWriter calls(message.begin("tool_calls"));
    for (const chat::AnswerToolCall& call : choice.tool_calls) write_tool_call(call, calls.next());
  }
  message.add(json::RawMembers{choice.message_extra});
}

void write_choice(const chat::AnswerChoice& choice, size_t index, std::string& out) {
  json::ObjectWriter object(out);
  object.add("index", static_cast<int64_t>(index));
  write_message(choice, object.begin("message"));
  const json::RawMembers extra{choice.choice_extra};
  if (!chat::has_member(extra, "logprobs")) object.add_null("logprobs");
  object.add("finish_reason", json::RawString{chat::to_string(choice.finish.value_or(chat::FinishReason::kStop))});
  if (!choice.native_finish.empty()) object.add("native_finish_reason", json::RawString{choice.native_finish});
  object.add(extra);
}

}  // namespace

void encode_openai_chat_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) {
  const bool use_own_id = !answer.id.empty() && (!meta.one_envelope || meta.id.empty());
  const std::string& meta_id = meta.id.empty() ? meta.fallback_id : meta.id;
  const bool use_own_time = answer.created_s != 0 && !meta.one_envelope;

  json::ObjectWriter reply(out);
  reply.add("id", json::RawString{use_own_id ? answer.id : json::escape(meta_id)});
  reply.add("object", json::RawString{"chat.completion"});
  reply.add("created", use_own_time ? answer.created_s : meta.created_s);
  reply.add("model", json::RawString{answer.model});
  {
    json::ArrayWriter choices(reply.begin("choices"));
    for (size_t index = 0; index < answer.choices.size(); ++index) {
      write_choice(answer.choices[index], index, choices.next());
    }
  }
  if (answer.usage) append_usage(reply.begin("usage"), *answer.usage);
  reply.add(json::RawMembers{answer.reply_extra});
}

}  // namespace onellm::dialects
