#include "dialects/palm/request/writer.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dialects/common/errors/complaint.h"
#include "dialects/common/foreign/foreign_source.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/palm/request/conversation.h"
#include "json/writer.h"

namespace onellm::dialects::palm {

namespace {

constexpr uint32_t kCandidatesMax = 8;
constexpr double kTemperatureMax = 1;

constexpr size_t kStopSequencesMax = 5;
constexpr std::string_view kSampling[] = {"temperature", "top_p"};
constexpr std::string_view kOfText[] = {"max_tokens", "max_completion_tokens", "stop"};

template <size_t count>
bool is_among(const std::string_view (&names)[count], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_whole_number(json::Raw value) {
  return !value.empty() && value.text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Refuses parameters whose loss would change the meaning of the answer.
std::optional<Error> refusal_of(const chat::Request& request) {
  if (!request.tools.empty()) return lacks("tools", "tools");
  if (!request.functions.empty()) return lacks("functions", "tools");
  const chat::ResponseFormatKind format = request.response_format.kind;
  if (format == chat::ResponseFormatKind::kJsonObject || format == chat::ResponseFormatKind::kJsonSchema) {
    return lacks("response_format", "formats of the reply");
  }
  if (request.parameter("modalities").text.find("\"audio\"") != std::string_view::npos) {
    return lacks("modalities", "sound");
  }
  if (request.n > kCandidatesMax) {
    return Error{.kind = ErrorKind::kUnsupportedParameter, .message = "n must be at most 8 for PaLM.", .param = "n"};
  }
  return std::nullopt;
}

class RequestEncoder {
 public:
  RequestEncoder(const chat::Request& request, const EncodeOptions& options)
      : request_(request), options_(options), is_text_(options.model.starts_with("text-")), drops_(request.source) {}

  Result<EncodedRequest> encode() {
    std::optional<Error> refused = refusal_of(request_);
    if (refused) return *std::move(refused);
    Conversation conversation = read_conversation(request_.messages);
    if (conversation.error) return *std::move(conversation.error);

    std::string text;
    {
      json::ObjectWriter body(text);
      {
        json::ObjectWriter prompt(body.begin("prompt"));
        is_text_ ? write_text(conversation, prompt) : write_messages(conversation, prompt);
      }
      write_parameters(body);
    }
    note_dropped();
    std::optional<Error> refusal = options_.strict ? drops_.refusal() : std::nullopt;
    if (refusal) return *std::move(refusal);
    EncodedRequest out;
    out.body.add_owned(std::move(text));
    out.dropped = drops_.take();
    out.reply.model = options_.model;
    return out;
  }

 private:
  static void write_messages(const Conversation& conversation, json::ObjectWriter& prompt) {
    if (!conversation.context.empty()) prompt.add("context", json::RawString{conversation.context});
    if (!conversation.examples.empty()) {
      json::ArrayWriter examples(prompt.begin("examples"));
      for (const Example& example : conversation.examples) {
        json::ObjectWriter pair(examples.next());
        json::ObjectWriter(pair.begin("input")).add("content", json::RawString{example.input});
        json::ObjectWriter(pair.begin("output")).add("content", json::RawString{example.output});
      }
    }
    json::ArrayWriter messages(prompt.begin("messages"));
    for (const Turn& turn : conversation.turns) {
      json::ObjectWriter message(messages.next());
      const std::string_view author = turn.is_user ? "0" : "1";
      message.add("author", json::RawString{turn.author.empty() ? author : std::string_view(turn.author)});
      message.add("content", json::RawString{turn.text});
    }
  }

  // Writes one text. A single user turn without examples is written as it is, after the context; otherwise the text is
  // a dialogue that the model continues.
  static void write_text(const Conversation& conversation, json::ObjectWriter& prompt) {
    std::string text = conversation.context;
    const auto say = [&text](std::string_view who, std::string_view what) {
      if (!text.empty()) text += "\\n\\n";
      text.append(who).append(what);
    };
    const bool is_dialogue = conversation.turns.size() > 1 || !conversation.examples.empty();
    for (const Example& example : conversation.examples) {
      say("User: ", example.input);
      say("Assistant: ", example.output);
    }
    for (const Turn& turn : conversation.turns) {
      say(!is_dialogue ? "" : turn.is_user ? "User: " : "Assistant: ", turn.text);
    }
    if (is_dialogue) say("Assistant:", "");
    prompt.add("text", json::RawString{text});
  }

  void write_parameters(json::ObjectWriter& body) {
    write_temperature(body);
    if (request_.n > 1) body.add("candidateCount", static_cast<int64_t>(request_.n));
    const json::Raw top_p = request_.parameter("top_p");
    if (!top_p.empty()) body.add("topP", top_p);
    const json::Raw top_k = unknown_parameter(request_, "top_k");
    if (is_whole_number(top_k)) body.add("topK", top_k);
    if (!is_text_) return;
    json::Raw tokens = request_.parameter("max_completion_tokens");
    if (tokens.empty()) tokens = request_.parameter("max_tokens");
    if (!tokens.empty()) body.add("maxOutputTokens", tokens);
    const json::Raw stop = request_.parameter("stop");
    if (stop.text.starts_with('"')) {
      json::ArrayWriter(body.begin("stopSequences")).next() += stop.text;
    } else if (!stop.empty()) {
      const std::string first = first_elements(stop, kStopSequencesMax);
      if (!first.empty()) drops_.add("stop");
      body.add("stopSequences", first.empty() ? stop : json::Raw{first});
    }
  }

  // OpenAI allows up to 2; higher values than PaLM's maximum are reduced to it.
  void write_temperature(json::ObjectWriter& body) {
    const json::Raw raw = request_.parameter("temperature");
    if (raw.empty()) return;
    double temperature = 0;
    read_raw(raw, [&](json::Value& value) {
      if (!value.read(temperature)) temperature = 0;
    });
    const bool is_too_high = temperature > kTemperatureMax;
    if (is_too_high) drops_.add("temperature");
    body.add("temperature", is_too_high ? json::Raw{"1"} : raw);
  }

  void note_dropped() {
    for (const chat::Parameter& parameter : request_.parameters) {
      const bool is_sent = is_among(kSampling, parameter.name) || (is_text_ && is_among(kOfText, parameter.name));
      const bool asks_for_text = parameter.name == "modalities";  // Audio was refused before this point.
      if (!is_sent && !asks_for_text && !asks_for_nothing(parameter)) drops_.add(parameter.name);
    }
    for (const chat::Parameter& parameter : request_.unknown) {
      if (parameter.name != "top_k" || !is_whole_number(parameter.value)) drops_.add(parameter.name);
    }
  }

  const chat::Request& request_;
  const EncodeOptions& options_;
  bool is_text_;
  Drops drops_;
};

}  // namespace

Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) {
  return encode_foreign(request, options, {},
                        [&options](const chat::Request& known) { return RequestEncoder(known, options).encode(); });
}

}  // namespace onellm::dialects::palm
