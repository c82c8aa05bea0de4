// The half of the toy dialect that faces clients.
#include <optional>

#include "dialects/common/errors/reason.h"
#include "json/reader.h"
#include "json/writer.h"
#include "support/toy_dialect/dialect.h"

namespace onellm::test::toy {

namespace {

using chat::Event;
using chat::EventKind;

void read_turns(json::Value& value, chat::Request& request) {
  value.each_element([&](size_t, json::Value& turn) {
    turn.each_member([&](json::RawString key, json::Value& member) {
      json::RawString text;
      if (!member.read(text)) return;
      chat::Message& message = request.messages.emplace_back();
      message.role = json::key_is(key, "model") ? chat::Role::kAssistant : chat::Role::kUser;
      message.has_content = message.content_is_text = true;
      message.parts.emplace_back().text = text;
    });
  });
}

void write_error_line(const Error& error, const Toy& dialect, std::string_view request_id, std::string& out) {
  {
    json::ObjectWriter line(out);
    line.add_plain("oops", error.message);
    line.add("status", static_cast<int64_t>(dialect.status_for(error)));
    line.add_plain("code", dialects::reason_of(error));
    line.add_plain("request", request_id);
    line.add(json::RawMembers{error.extra});
  }
  out += '\n';
}

class LineEncoder final : public dialects::StreamEncoder {
 public:
  LineEncoder(const Toy& dialect, const dialects::ReplyMeta& meta) : dialect_(dialect), meta_(meta) {}

  void keep_alive(std::string& out) override { out += kKeepAlive; }

  void take(const Event& event, std::string& out) override {
    if (event.kind == EventKind::kFailed) {
      write_error_line(*event.error, dialect_, meta_.request_id, out);
    } else if (event.kind == EventKind::kUsage) {
      usage_ = *event.usage;
    } else if (event.kind == EventKind::kCompleted) {
      write_usage(out);
      out += kEndMark;
    } else if (!key_of(event.kind).empty()) {
      write_line(event, out);
    }
  }

 private:
  static std::string_view key_of(EventKind kind) {
    if (kind == EventKind::kStarted) return "from";
    if (kind == EventKind::kText) return "say";
    if (kind == EventKind::kReasoning) return "think";
    if (kind == EventKind::kRefusal) return "refuse";
    if (kind == EventKind::kToolCallOpened) return "call";
    if (kind == EventKind::kToolArguments) return "args";
    if (kind == EventKind::kFinished) return "end";
    return {};
  }

  void write_line(const Event& event, std::string& out) {
    const bool has_name = event.kind == EventKind::kStarted || event.kind == EventKind::kToolCallOpened;
    {
      json::ObjectWriter line(out);
      const json::RawString ending{chat::to_string(event.finish)};
      const json::RawString said = has_name ? event.name : event.text;
      line.add(key_of(event.kind), event.kind == EventKind::kFinished ? ending : said);
      if (event.kind == EventKind::kStarted) line.add_plain("id", meta_.id.empty() ? meta_.fallback_id : meta_.id);
      if (event.kind == EventKind::kToolCallOpened) line.add("id", event.id);
      if (event.choice != 0) line.add("at", static_cast<int64_t>(event.choice));
      if (event.kind == EventKind::kFinished) {
        if (event.error != nullptr) line.add_plain("failed", dialects::reason_of(*event.error));
        if (!event.name.empty()) line.add("leg", event.name);
        if (event.details != nullptr) line.add(event.details->gateway_members);
      }
    }
    out += '\n';
  }

  void write_usage(std::string& out) {
    if (!usage_) return;
    {
      json::ObjectWriter line(out);
      line.add("read", usage_->prompt_tokens);
      line.add("wrote", usage_->completion_tokens);
    }
    out += '\n';
  }

  const Toy& dialect_;
  const dialects::ReplyMeta meta_;
  std::optional<chat::Usage> usage_;
};

// Finds the gateway's own members among what was kept of a whole answer.
struct GatewayMembers final : chat::EventSink {
  void take(const Event& event) override {
    if (event.details != nullptr) found += event.details->gateway_members.text;
  }
  std::string found;
};

// Gives the events of a collected answer again.
void replay(const chat::Answer& answer, dialects::StreamEncoder& encoder, std::string& out) {
  for (uint32_t index = 0; index < answer.choices.size(); ++index) {
    const chat::AnswerChoice& choice = answer.choices[index];
    const auto say = [&](EventKind kind, const std::string& text) {
      if (!text.empty()) encoder.take({.kind = kind, .choice = index, .text = {text}}, out);
    };
    encoder.take({.kind = EventKind::kStarted, .choice = index, .name = {answer.model}}, out);
    say(EventKind::kReasoning, choice.reasoning);
    say(EventKind::kText, choice.text);
    say(EventKind::kRefusal, choice.refusal);
    for (const chat::AnswerToolCall& call : choice.tool_calls) {
      encoder.take({.kind = EventKind::kToolCallOpened, .choice = index, .id = {call.id}, .name = {call.name}}, out);
      say(EventKind::kToolArguments, call.arguments);
    }
    const bool is_last = index + 1 == answer.choices.size();
    GatewayMembers members;
    if (is_last) answer.others.show(members);
    const chat::EventDetails details{.gateway_members = {members.found}};
    encoder.take({.kind = EventKind::kFinished,
                  .choice = index,
                  .name = {choice.leg},
                  .finish = choice.finish.value_or(chat::FinishReason::kStop),
                  .error = choice.error ? &*choice.error : nullptr,
                  .details = &details},
                 out);
  }
  if (answer.usage) encoder.take({.kind = EventKind::kUsage, .usage = &*answer.usage}, out);
  encoder.take({.kind = EventKind::kCompleted}, out);
}

}  // namespace

Result<chat::Request> Toy::decode_request(const json::Buffer& body) const {
  chat::Request request;
  request.source.dialect = id();
  request.source.text = body.text();
  request.include_usage = true;
  json::Reader reader;
  if (reader.open(body)) {
    reader.root().each_member([&](json::RawString key, json::Value& value) {
      json::RawString text;
      if (json::key_is(key, "stream")) return static_cast<void>(value.read(request.stream));
      if (json::key_is(key, "turns")) return read_turns(value, request);
      if (json::key_is(key, "ask") && value.read(text)) request.model = json::unescape(text);
      if (json::key_is(key, "join") && value.read(text)) request.options.merge = json::unescape(text);
    });
  }
  if (!reader.finish()) return Error{.kind = ErrorKind::kBadRequest, .message = "No toy's request."};
  if (request.model.empty()) {
    return Error{.kind = ErrorKind::kBadRequest, .message = "Ask somebody.", .param = "ask"};
  }
  return request;
}

void Toy::encode_reply(const chat::Answer& answer, const dialects::ReplyMeta& meta, std::string& out) const {
  LineEncoder encoder(*this, meta);
  replay(answer, encoder, out);
}

std::unique_ptr<dialects::StreamEncoder> Toy::make_stream_encoder(const dialects::ReplyMeta& meta) const {
  return std::make_unique<LineEncoder>(*this, meta);
}

int Toy::status_for(const Error& error) const { return status_of(error) == 503 ? kOverloadedStatus : status_of(error); }

dialects::ErrorWords Toy::words_for(const Error& error) const { return {.type = "toy", .code = code_of(error)}; }

void Toy::encode_error(const Error& error, std::string_view request_id, std::string& out) const {
  write_error_line(error, *this, request_id, out);
}

void Toy::encode_error_events(const Error& error, std::string_view request_id, std::string& out) const {
  write_error_line(error, *this, request_id, out);
}

std::string Toy::legs_member(std::span<const dialects::LegSummary> legs) const {
  std::string member = "\"legs\":";
  json::ArrayWriter array(member);
  for (const dialects::LegSummary& leg : legs) {
    json::quote_to(array.next(), std::string(leg.name) + " " + std::to_string(leg.status));
  }
  return member;
}

std::string Toy::failed_legs_member(std::span<const dialects::LegSummary> legs) const { return legs_member(legs); }

const Toy& dialect() {
  static const Toy kDialect(true);
  return kDialect;
}

const Toy& single_choice_dialect() {
  static const Toy kDialect(false);
  return kDialect;
}

dialects::ClientRoutes routes() {
  static const dialects::ClientRoute kRoutes[] = {{.path = kPath, .dialect = &dialect()}};
  return kRoutes;
}

dialects::ClientRoutes single_choice_routes() {
  static const dialects::ClientRoute kRoutes[] = {{.path = kPath, .dialect = &single_choice_dialect()}};
  return kRoutes;
}

}  // namespace onellm::test::toy
