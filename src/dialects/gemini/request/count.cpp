#include "dialects/gemini/request/count.h"

#include <string>
#include <utility>

#include "dialects/common/request/count_body.h"
#include "dialects/gemini/request/writer.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

namespace {

constexpr std::string_view kMembers[] = {"contents", "systemInstruction", "tools", "toolConfig"};

}  // namespace

Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = encode_request(request, options);
  if (!encoded) return encoded;
  const bool is_path = options.model.find('/') != std::string::npos;
  std::string before = R"({"generateContentRequest":{"model":)";
  json::quote_to(before, is_path ? options.model : "models/" + options.model);
  encoded->body = only_members(std::move(encoded->body), kMembers, std::move(before), "}}");
  return encoded;
}

}  // namespace onellm::dialects::gemini
