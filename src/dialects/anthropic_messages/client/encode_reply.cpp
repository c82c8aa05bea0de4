#include "dialects/anthropic_messages/client/encode_reply.h"

#include "dialects/anthropic_messages/client/blocks/content_flow.h"
#include "dialects/anthropic_messages/client/blocks/whole_blocks.h"
#include "dialects/anthropic_messages/client/reply/identity.h"
#include "dialects/anthropic_messages/client/reply/stop.h"
#include "dialects/anthropic_messages/client/reply/usage.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

const chat::AnswerChoice kNothing;

// Writes the blocks.
class BlockSink final : public chat::EventSink {
 public:
  BlockSink(ContentFlow& content, std::string& out) : content_(content), out_(out) {}
  void take(const chat::Event& event) override { content_.take(event, out_); }

 private:
  ContentFlow& content_;
  std::string& out_;
};

// Reads the details that stand beside the end.
class EndSink final : public chat::EventSink {
 public:
  void take(const chat::Event& event) override {
    if (event.details == nullptr) return;
    stop.take_details(*event.details);
    if (!event.details->gateway_members.empty()) gateway_members = event.details->gateway_members.text;
  }
  Stop stop;
  std::string gateway_members;
};

// The model of a leg that won a race is the name by which the client asked for it.
std::string_view model_of(const chat::Answer& answer, const chat::AnswerChoice& choice) {
  const bool has_leg = !choice.legs.empty() && !choice.legs.back().name.empty();
  return has_leg ? std::string_view(choice.legs.back().name) : std::string_view(answer.model);
}

}  // namespace

void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) {
  const chat::AnswerChoice& choice = answer.choices.empty() ? kNothing : answer.choices.front();
  EndSink end;
  choice.others.show(end);
  answer.others.show(end);
  Stop& stop = end.stop;
  stop.finish = choice.finish.value_or(chat::FinishReason::kStop);
  stop.native_finish = choice.native_finish;

  json::ObjectWriter reply(out);
  add_identity(reply, meta, answer.id, model_of(answer, choice));
  reply.begin("content") += '[';
  WholeBlocks blocks;
  ContentFlow content(blocks, meta.hides_thoughts, call_id_seed(meta));
  content.will_end(stop.finish);
  BlockSink sink(content, out);
  choice.show(sink);
  content.end(stop.finish, out);
  out += ']';
  stop.has_calls = content.has_calls();
  stop.refusal = content.refusal();
  add_stop(reply, stop, true);
  append_usage(reply.begin("usage"), answer.usage ? &*answer.usage : nullptr);
  reply.add(json::RawMembers{end.gateway_members});
}

}  // namespace onellm::dialects::anthropic_messages
