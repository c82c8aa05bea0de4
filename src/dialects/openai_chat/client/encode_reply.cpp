#include "dialects/openai_chat/client/encode_reply.h"

#include "chat/members.h"
#include "dialects/openai_chat/client/own_form/own_form.h"
#include "dialects/openai_chat/client/tool_call_json.h"
#include "dialects/openai_chat/usage.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

void add_text_or_null(json::ObjectWriter& object, std::string_view key, bool there, const std::string& text) {
  if (there) {
    object.add(key, json::RawString{text});
  } else {
    object.add_null(key);
  }
}

// Joins the extras, in this dialect's form, as a client joins those of a stream.
class Joiner final : public chat::EventSink {
 public:
  void take(const chat::Event& event) override {
    const chat::Event* own = form_.of(event);
    if (own == nullptr) return;
    chat::add_members(delta, own->delta_extra, chat::SameKey::kAccumulate);
    chat::add_members(choice, own->choice_extra, chat::SameKey::kAccumulate);
    chat::add_members(reply, own->reply_extra, chat::SameKey::kReplace);
    form_.release_memory();
  }

  std::string delta;
  std::string choice;
  std::string reply;

 private:
  OwnForm form_;
};

void write_message(const chat::AnswerChoice& choice, ToolCallShape shape, const std::string& extra, std::string& out) {
  json::ObjectWriter message(out);
  message.add("role", json::RawString{"assistant"});
  add_text_or_null(message, "content", choice.has_text, choice.text);
  add_text_or_null(message, "refusal", choice.has_refusal, choice.refusal);
  if (!choice.reasoning.empty()) message.add("reasoning_content", json::RawString{choice.reasoning});
  if (!choice.tool_calls.empty()) {
    std::string calls;
    append_calls(choice.tool_calls, shape, calls);
    message.add(json::RawMembers{calls});
  }
  message.add(json::RawMembers{extra});
}

void write_choice(const chat::AnswerChoice& choice, size_t index, ToolCallShape shape, std::string& out) {
  Joiner joiner;
  choice.others.show(joiner);
  if (choice.error || !choice.leg.empty()) {
    joiner.take(
        {.kind = chat::EventKind::kFinished, .name = {choice.leg}, .error = choice.error ? &*choice.error : nullptr});
  }
  json::ObjectWriter object(out);
  object.add("index", static_cast<int64_t>(index));
  write_message(choice, shape, joiner.delta, object.begin("message"));
  const json::RawMembers extra{joiner.choice};
  if (!chat::has_member(extra, "logprobs")) object.add_null("logprobs");
  object.add("finish_reason", json::RawString{finish_word(choice.finish.value_or(chat::FinishReason::kStop), shape)});
  if (!choice.native_finish.empty()) object.add("native_finish_reason", json::RawString{choice.native_finish});
  object.add(extra);
}

}  // namespace

void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) {
  const bool use_own_id = !answer.id.empty() && (!meta.one_envelope || meta.id.empty());
  const std::string& meta_id = meta.id.empty() ? meta.fallback_id : meta.id;
  const bool use_own_time = answer.created_s != 0 && !meta.one_envelope;

  const ToolCallShape shape = meta.function_call ? ToolCallShape::kFunctionCall : ToolCallShape::kToolCalls;

  json::ObjectWriter reply(out);
  reply.add("id", json::RawString{use_own_id ? answer.id : json::escape(meta_id)});
  reply.add("object", json::RawString{"chat.completion"});
  reply.add("created", use_own_time ? answer.created_s : meta.created_s);
  reply.add("model", json::RawString{answer.model});
  {
    json::ArrayWriter choices(reply.begin("choices"));
    for (size_t index = 0; index < answer.choices.size(); ++index) {
      write_choice(answer.choices[index], index, shape, choices.next());
    }
  }
  if (answer.usage) append_usage(reply.begin("usage"), *answer.usage);
  Joiner joiner;
  answer.others.show(joiner);
  reply.add(json::RawMembers{joiner.reply});
}

}  // namespace onellm::dialects::openai_chat
