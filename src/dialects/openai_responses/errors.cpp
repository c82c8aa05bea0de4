#include "dialects/openai_responses/errors.h"

#include <string>

#include "base/text.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/reply/whole.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

constexpr int kBadRequest = 400;
constexpr int kNotFound = 404;

// Parameters that have another name in Chat Completions. A path below such a parameter becomes only its name.
struct RenamedParameter {
  std::string_view theirs;
  std::string_view ours;
};
constexpr RenamedParameter kRenamed[] = {
    {"max_output_tokens", "max_completion_tokens"},
    {"reasoning.effort", "reasoning_effort"},
    {"text.format", "response_format"},
    {"text.verbosity", "verbosity"},
    {"input", "messages"},
};

std::string parameter_for_client(const std::string& param) {
  for (const RenamedParameter& row : kRenamed) {
    if (!param.starts_with(row.theirs)) continue;
    const std::string_view rest = std::string_view(param).substr(row.theirs.size());
    if (rest.empty() || rest.front() == '.' || rest.front() == '[') return std::string(row.ours);
  }
  return param;
}

// True of codes for a wrong request: a bad prompt or image.
bool is_clients_mistake(std::string_view code) { return code == "invalid_prompt" || code.find("image") != code.npos; }

Error for_client(Error error) {
  error.param = parameter_for_client(error.param);
  // Chat Completions answers 404 to the same mistake.
  if (error.status == kBadRequest && error.code == "model_not_found") error.status = kNotFound;
  return error;
}

}  // namespace

Error decode_error(int status, std::string_view body) { return for_client(openai_chat::decode_error(status, body)); }

Error decode_failure(const Event& event) {
  std::string in_event;
  if (event.error.empty()) {
    json::ObjectWriter object(in_event);
    object.add("message", event.error_message);
    object.add("code", event.error_code);
    object.add("param", event.error_param);
  }
  json::Raw said = event.error.empty() ? json::Raw{in_event} : event.error;
  std::string with_filters;
  if (!event.content_filters.empty() && said.text.starts_with('{')) {
    // The filters are beside the error in a response, but inside the error in Chat Completions.
    json::append_member(with_filters, {"content_filters"}, event.content_filters);
    const std::string_view rest = trim(said.text.substr(1));
    with_filters = "{" + with_filters + (rest == "}" ? "" : ",") + std::string(rest);
    said = {with_filters};
  }
  Error error = openai_chat::decode_stream_error(said);
  const bool is_status_known = error.upstream_status != 0;
  if (!is_status_known && is_clients_mistake(error.code)) error.status = error.upstream_status = kBadRequest;
  return for_client(std::move(error));
}

Error decode_foreign_failure(std::string_view text) { return for_client(openai_chat::decode_error_body(text)); }

}  // namespace onellm::dialects::openai_responses
