#include "gateway/chat/lanes/native_error.h"

#include <vector>

#include "base/secrets/redact.h"
#include "base/text.h"
#include "dialects/common/errors/text.h"
#include "gateway/upstream/errors.h"
#include "json/masked.h"
#include "json/reader.h"

namespace onellm::gateway {

std::string native_error_body(std::string_view body, const providers::Provider& provider) {
  if (!trim(body).starts_with('{') || !json::is_valid(body)) return {};
  const std::vector<std::string_view> secrets = secrets_of(provider);
  return json::masked_text(body, [&secrets](std::string_view text, std::string_view before) {
    std::string masked = dialects::mask_credentials(text, before);
    for (const std::string_view secret : secrets) masked = without_secret(masked, secret);
    return masked;
  });
}

}  // namespace onellm::gateway
