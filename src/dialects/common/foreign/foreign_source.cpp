#include "dialects/common/foreign/foreign_source.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "dialects/common/errors/complaint.h"
#include "dialects/common/errors/places.h"
#include "dialects/common/request/drops.h"

namespace onellm::dialects {

namespace {

using chat::Message;
using chat::Part;

bool is_foreign(const Part& part) { return part.kind == chat::PartKind::kForeign; }

bool has_foreign_parts(const chat::Request& request) {
  return std::any_of(request.messages.begin(), request.messages.end(), [](const Message& message) {
    return std::any_of(message.parts.begin(), message.parts.end(), is_foreign);
  });
}

// True if the message still says something.
bool has_anything(const Message& message) {
  return !message.parts.empty() || !message.tool_calls.empty() || message.function_call || !message.refusal.empty() ||
         message.role == chat::Role::kTool;
}

// A copy of the request; both hold views into the same text.
chat::Request without_foreign_parts(const chat::Request& request, Drops& drops, Places& places) {
  chat::Request rest = request;
  std::vector<Message> messages;
  for (size_t index = 0; index < rest.messages.size(); ++index) {
    Message& message = rest.messages[index];
    for (const Part& part : message.parts) {
      if (is_foreign(part) && !part.left_out_as.empty()) drops.add(part.left_out_as);
    }
    const size_t before = message.parts.size();
    message.parts.erase(std::remove_if(message.parts.begin(), message.parts.end(), is_foreign), message.parts.end());
    if (message.parts.size() != before && !has_anything(message)) continue;
    messages.push_back(std::move(message));
    places.keep(index);
  }
  rest.messages = std::move(messages);
  return rest;
}

// The index in `parts` of the part that is at `index` without the foreign ones.
size_t index_with_foreign(const std::vector<Part>& parts, size_t index) {
  size_t known = 0;
  for (size_t at = 0; at < parts.size(); ++at) {
    if (!is_foreign(parts[at]) && known++ == index) return at;
  }
  return index;
}

std::optional<Error> refusal_of_promise(const chat::Request& request) {
  std::optional<Error> error;
  for (const chat::Parameter& parameter : request.unknown) {
    if (!parameter.must_hold) continue;
    complain(error, std::string(parameter.name), "is a promise that this model's provider does not make",
             ErrorKind::kUnsupportedParameter);
  }
  return error;
}

Result<EncodedRequest> encode_known(const chat::Request& request, const EncodeOptions& options,
                                    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  const bool has_parts = has_foreign_parts(request);
  if (!has_parts && request.source.left_out.empty()) return encode(request);

  Drops drops;
  for (const std::string& name : request.source.left_out) drops.add(name);
  std::optional<chat::Request> rest;
  Places places;
  if (has_parts) rest = without_foreign_parts(request, drops, places);
  std::optional<Error> refusal = options.strict ? drops.refusal() : std::nullopt;
  if (refusal) return *std::move(refusal);
  Result<EncodedRequest> encoded = encode(rest ? *rest : request);
  if (!encoded) {
    return places.in_whole(encoded.error(), [&request](size_t message, size_t part) {
      return index_with_foreign(request.messages[message].parts, part);
    });
  }
  for (const std::string& name : encoded->dropped) drops.add(name);
  encoded->dropped = drops.take();
  return encoded;
}

}  // namespace

Result<EncodedRequest> encode_foreign(const chat::Request& request, const EncodeOptions& options,
                                      const ThoughtsTaken& taken,
                                      FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  if (std::optional<Error> refusal = refusal_of_foreign_type(request)) return *std::move(refusal);
  if (std::optional<Error> refusal = refusal_of_promise(request)) return *std::move(refusal);
  return encode_with_own_thoughts(request, options, taken,
                                  [&](const chat::Request& own) { return encode_known(own, options, encode); });
}

}  // namespace onellm::dialects
