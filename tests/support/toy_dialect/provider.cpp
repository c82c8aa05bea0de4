// Reads the replies of providers that speak the toy dialect.
#include <algorithm>
#include <optional>

#include "dialects/common/reply/bad_reply.h"
#include "json/reader.h"
#include "support/toy_dialect/dialect.h"

namespace onellm::test::toy {

namespace {

using chat::Event;
using chat::EventKind;

constexpr chat::FinishReason kEndings[] = {chat::FinishReason::kStop, chat::FinishReason::kLength,
                                           chat::FinishReason::kToolCalls, chat::FinishReason::kContentFilter,
                                           chat::FinishReason::kError};

// What a line says: each member of it, where it is there.
struct Line {
  explicit Line(std::string_view text) : buffer(text) {
    json::Reader reader;
    if (!reader.open(buffer)) return;
    reader.root().each_member([this](json::RawString key, json::Value& value) {
      json::RawString string;
      int64_t number = 0;
      if (value.type() == json::Type::kString && value.read(string)) {
        if (key.text == "id") {
          id = string;
        } else if (key.text == "code") {
          code = json::unescape(string);
        } else if (key.text != "request") {
          what = key.text;
          text_of_it = string;
        }
      } else if (key.text == "over") {
        what = key.text;
      } else if (value.type() == json::Type::kNumber && value.read(number)) {
        if (key.text == "at") at = static_cast<uint32_t>(number);
        if (key.text == "status") status = static_cast<int>(number);
        if (key.text == "read") usage.emplace().prompt_tokens = number;
        if (key.text == "wrote" && usage) usage->completion_tokens = number;
      }
    });
    is_good = reader.finish();
    if (usage) usage->total_tokens = usage->prompt_tokens + usage->completion_tokens;
  }

  [[nodiscard]] Error error() const {
    Error error{.kind = ErrorKind::kUpstreamRefused, .message = json::unescape(text_of_it)};
    error.status = status == kOverloadedStatus || status == 0 ? 503 : status;
    error.code = code;
    error.upstream_status = status;
    return error;
  }

  json::Buffer buffer;
  bool is_good = false;
  std::string_view what;
  json::RawString text_of_it;
  json::RawString id;
  std::string code;
  uint32_t at = 0;
  int status = 0;
  std::optional<chat::Usage> usage;
};

class LineDecoder final : public dialects::StreamDecoder {
 public:
  explicit LineDecoder(uint32_t choices) : choices_(choices) {}

  void push(std::string_view bytes, chat::EventSink& sink) override {
    pending_ += bytes;
    for (size_t end = pending_.find('\n'); end != pending_.npos && !over_; end = pending_.find('\n')) {
      const std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      if (!line.empty()) take(Line(line), sink);
    }
  }
  void end(chat::EventSink& sink) override { cut(dialects::cut_short(), sink); }
  // The end of a whole reply, whose last line may lack its line end. Without the end mark the reply is cut.
  void end_reply(chat::EventSink& sink) {
    if (!over_ && !pending_.empty()) take(Line(pending_), sink);
    if (!over_) fail(dialects::cut_short(), sink);
  }
  void cut(const Error& reason, chat::EventSink& sink) override {
    if (over_) return;
    if (awaits_end()) return complete(sink);
    fail(reason, sink);
  }
  [[nodiscard]] bool awaits_end() const override { return finished_ >= choices_; }

 private:
  void take(const Line& line, chat::EventSink& sink) {
    if (!line.is_good) return fail(dialects::bad_reply("has a line that is no JSON"), sink);
    if (line.usage) return sink.take({.kind = EventKind::kUsage, .usage = &*line.usage});
    if (line.what == "oops") return fail(line.error(), sink);
    if (line.what == "over") return complete(sink);
    if (line.what == "from") {
      return sink.take({.kind = EventKind::kStarted, .choice = line.at, .id = line.id, .name = line.text_of_it});
    }
    if (line.what == "call") {
      return sink.take({.kind = EventKind::kToolCallOpened,
                        .choice = line.at,
                        .tool_call = calls_++,
                        .id = line.id,
                        .name = line.text_of_it});
    }
    if (line.what == "end") return finish(line, sink);
    Event event{.choice = line.at, .text = line.text_of_it};
    if (line.what == "say") event.kind = EventKind::kText;
    if (line.what == "think") event.kind = EventKind::kReasoning;
    if (line.what == "refuse") event.kind = EventKind::kRefusal;
    if (line.what == "args") {
      event.kind = EventKind::kToolArguments;
      event.tool_call = calls_ == 0 ? 0 : calls_ - 1;
    }
    if (event.kind != EventKind::kExtra) sink.take(event);
  }

  void finish(const Line& line, chat::EventSink& sink) {
    ++finished_;
    const auto* const reason = std::find_if(std::begin(kEndings), std::end(kEndings), [&](chat::FinishReason known) {
      return chat::to_string(known) == line.text_of_it.text;
    });
    sink.take({.kind = EventKind::kFinished,
               .choice = line.at,
               .finish = reason == std::end(kEndings) ? chat::FinishReason::kStop : *reason});
  }
  void complete(chat::EventSink& sink) {
    over_ = true;
    sink.take({.kind = EventKind::kCompleted});
  }
  void fail(const Error& error, chat::EventSink& sink) {
    over_ = true;
    sink.take({.kind = EventKind::kFailed, .error = &error});
  }

  const uint32_t choices_;
  std::string pending_;
  uint32_t calls_ = 0;
  uint32_t finished_ = 0;
  bool over_ = false;
};

}  // namespace

std::unique_ptr<dialects::StreamDecoder> make_line_decoder(uint32_t choices) {
  return std::make_unique<LineDecoder>(choices);
}

std::unique_ptr<dialects::StreamDecoder> Toy::make_stream_decoder(const dialects::ReplyContext& context) const {
  return make_line_decoder(context.choices);
}

void Toy::decode_reply(std::string_view body, const dialects::ReplyContext& context, chat::EventSink& sink) const {
  LineDecoder decoder(context.choices);
  decoder.push(body, sink);
  decoder.end_reply(sink);
}

Error Toy::decode_error(int status, std::string_view body, const dialects::ReplyContext& /*context*/) const {
  const Line line(body);
  Error error = line.error();
  if (line.what != "oops") error.message = "The toy broke.";
  error.upstream_status = status;
  error.status = status == kOverloadedStatus ? 503 : status;
  return error;
}

}  // namespace onellm::test::toy
