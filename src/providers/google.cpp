#include "providers/google.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "dialects/gemini/dialect.h"

namespace onellm::providers {

namespace {

constexpr std::string_view kGeminiModels[] = {
    "gemini-flash-latest",   "gemini-pro-latest",      "gemini-flash-lite-latest", "gemini-3.8-flash",
    "gemini-3.7-flash",      "gemini-3.6-flash",       "gemini-3.5-flash-lite",    "gemini-3.5-flash",
    "gemini-3.1-flash-lite", "gemini-3.1-pro-preview", "gemini-3-flash-preview",   "gemini-2.5-flash-lite",
};

constexpr std::string_view kPalmModels[] = {"chat-bison-001", "text-bison-001"};

// False if a segment is empty, "." or "..": then the text is no path.
bool is_path(const std::vector<std::string_view>& segments) {
  return std::none_of(segments.begin(), segments.end(),
                      [](std::string_view segment) { return segment.empty() || segment == "." || segment == ".."; });
}

// `models/x`, encoded for a URL.
std::string model_path(std::string_view model) {
  const std::vector<std::string_view> segments = split(model, '/');
  if (segments.size() == 1 || !is_path(segments)) return "models/" + percent_encode(model);
  std::string path;
  for (const std::string_view segment : segments) {
    if (!path.empty()) path += '/';
    path += percent_encode(segment);
  }
  return path;
}

Endpoint endpoint_at(const Provider& provider, std::string_view version, std::string_view path) {
  return {.url = provider.base + std::string(version).append(path), .headers = {{"x-goog-api-key", provider.key}}};
}

}  // namespace

Endpoint gemini_chat_endpoint(const Provider& provider, const Call& call) {
  const char* const method = call.stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
  return endpoint_at(provider, "/v1beta/", model_path(call.model) + method);
}

const Api& gemini_count_api() {
  static const Api kApi{.dialect = &dialects::gemini::dialect(),
                        .endpoint = [](const Provider& provider, const Call& call) {
                          return endpoint_at(provider, "/v1beta/", model_path(call.model) + ":countTokens");
                        }};
  return kApi;
}

Endpoint gemini_models_endpoint(const Provider& provider, const ListCall& call) {
  Endpoint endpoint = endpoint_at(provider, "/v1beta/", "models?pageSize=1000");
  if (!call.next.empty()) endpoint.url += "&pageToken=" + percent_encode(call.next);
  return endpoint;
}

Endpoint palm_chat_endpoint(const Provider& provider, const Call& call) {
  const char* const method = call.model.starts_with("text-") ? ":generateText" : ":generateMessage";
  return endpoint_at(provider, "/v1beta2/", model_path(call.model) + method);
}

std::span<const std::string_view> gemini_models() { return kGeminiModels; }
std::span<const std::string_view> palm_models() { return kPalmModels; }

}  // namespace onellm::providers
