#include "dialects/gemini/request/messages/results.h"

#include <optional>
#include <string>
#include <utility>

#include "base/limits.h"
#include "dialects/common/splice/spliced_writer.h"
#include "dialects/common/tools/call_arguments.h"
#include "dialects/gemini/request/messages/media.h"
#include "dialects/ids.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

namespace {

using chat::Message;
using chat::Part;
using chat::PartKind;
using chat::ToolCall;

// Gemini reads this key in a functionResponse as a reference to one of its parts.
constexpr std::string_view kReference = R"("$ref")";

constexpr std::string_view kNoResult = R"({"error":"no result"})";

// Writes the result of a tool as an object: the tool's own text if it is a JSON object, else {"output":…}. A failed
// tool gives {"error":…}. `between` stands between its texts.
void write_response(SplicedText& out, const Message& message, std::string_view between) {
  const std::string_view key = message.is_error ? "error" : "output";
  std::string joined;
  json::RawString text;
  size_t texts = 0;
  for (const Part& part : message.parts) {
    if (part.kind != PartKind::kText) continue;
    if (++texts == 2) joined = text.text;
    if (texts >= 2) joined.append(between).append(part.text.text);
    text = part.text;
  }
  if (texts >= 2) text = {joined};
  const std::string plain = text.text.find('{') == std::string_view::npos ? std::string() : json::unescape(text);
  if (!message.is_error && is_json_object(plain) && plain.find(kReference) == std::string::npos) {
    out.text() += plain;
    return;
  }
  json::ObjectWriter response(out.text());
  if (texts >= 2) {
    response.add(key, json::RawString{joined});  // Copied, because `joined` is local.
  } else {
    add_viewed(out, response, key, text);
  }
}

std::vector<Media> read_all_media(RequestDraft& draft, const Message& message, size_t index) {
  std::vector<Media> all;
  for (size_t i = 0; i < message.parts.size(); ++i) {
    if (message.parts[i].kind == PartKind::kText) continue;
    const std::string path = "messages[" + std::to_string(index) + "].content[" + std::to_string(i) + "]";
    all.push_back(read_media(draft, message.parts[i], path));
  }
  return all;
}

// Writes the media that may be inside the functionResponse (those with data); the others stay in `media`.
void write_media_within(SplicedText& out, json::ObjectWriter& response, std::vector<Media>& media) {
  std::vector<Media> others;
  bool any = false;
  for (Media& one : media) {
    if (one.data.empty()) {
      others.push_back(one);
      continue;
    }
    if (any) {
      out.text() += ',';
    } else {
      response.begin("parts") += '[';
    }
    any = true;
    one.resolution = {};
    write_media(out, one);
  }
  if (any) out.text() += ']';
  media = std::move(others);
}

void write_result(RequestDraft& draft, Contents& contents, const ToolCall& call, const Message* result, size_t index) {
  std::vector<Media> media;
  if (result != nullptr) media = read_all_media(draft, *result, index);
  SplicedText& out = contents.next(Contents::Role::kUser);
  {
    json::ObjectWriter part(out.text());
    json::ObjectWriter response(part.begin("functionResponse"));
    if (!call.id.empty()) response.add("id", call.id);
    response.add("name", draft.names.sent(call.name));
    (void)response.begin("response");
    if (result == nullptr) {
      out.text() += kNoResult;
    } else {
      write_response(out, *result, draft.request.source.dialect == kAnthropicMessages ? "\\n" : "");
    }
    if (draft.rules.takes_result_media) write_media_within(out, response, media);
  }
  for (const Media& one : media) write_media(contents.next(Contents::Role::kUser), one);
}

}  // namespace

bool Results::expect(const ToolCall& call) {
  if (calls_.size() == kToolCallsMax) return false;
  calls_.push_back({.call = &call});
  pairs_.add(call);
  return true;
}

bool Results::take(const Message& message, size_t index) {
  if (message.role != chat::Role::kTool && message.role != chat::Role::kFunction) return false;
  const std::optional<size_t> call = pairs_.answer(message);
  if (!call) return false;
  calls_[*call].result = &message;
  calls_[*call].index = index;
  return true;
}

void Results::write(RequestDraft& draft, Contents& contents) {
  for (const Call& call : calls_) write_result(draft, contents, *call.call, call.result, call.index);
  calls_.clear();
  pairs_.clear();
}

}  // namespace onellm::dialects::gemini
