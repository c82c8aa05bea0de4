#include "dialects/gemini/request/count.h"

#include <string>

#include "dialects/common/request/count_body.h"
#include "dialects/gemini/request/writer.h"
#include "json/writer.h"

namespace onellm::dialects::gemini {

namespace {

constexpr std::string_view kMembers[] = {"contents", "systemInstruction", "tools", "toolConfig"};

}  // namespace

Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = encode_request(request, options);
  if (!encoded) return encoded;
  const std::string members = members_of(encoded->body, kMembers);
  std::string body;
  {
    json::ObjectWriter object(body);
    json::ObjectWriter counted(object.begin("generateContentRequest"));
    const bool is_path = options.model.find('/') != std::string::npos;
    counted.add_plain("model", is_path ? options.model : "models/" + options.model);
    counted.add(json::RawMembers{members});
  }
  encoded->body = Rope();
  encoded->body.add_owned(std::move(body));
  return encoded;
}

}  // namespace onellm::dialects::gemini
