#include "gateway/chat/lanes/native_error.h"

#include "base/text.h"
#include "gateway/chat/lanes/credential_mask.h"
#include "json/masked.h"
#include "json/reader.h"

namespace onellm::gateway {

std::string native_error_body(std::string_view body, const providers::Provider& provider) {
  if (!trim(body).starts_with('{') || !json::is_valid(body)) return {};
  return json::masked_text(body, CredentialMask(provider));
}

}  // namespace onellm::gateway
