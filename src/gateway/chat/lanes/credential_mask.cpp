#include "gateway/chat/lanes/credential_mask.h"

#include "base/secrets/redact.h"
#include "dialects/common/errors/text.h"
#include "gateway/upstream/errors.h"

namespace onellm::gateway {

std::string CredentialMask::operator()(std::string_view text, std::string_view before) const {
  std::string masked = dialects::mask_credentials(text, before);
  for (const std::string_view secret : secrets_of(provider_)) masked = without_secret(masked, secret);
  return masked;
}

}  // namespace onellm::gateway
