#include "gateway/accounting/masked_text.h"

#include "base/limits.h"
#include "base/secrets/redact.h"
#include "base/text.h"
#include "dialects/common/errors/text.h"
#include "gateway/http/authentication.h"
#include "gateway/upstream/errors.h"

namespace onellm::gateway {

std::string masked_text(const Context& context, std::string_view text) {
  const Head head(context.request.head);
  std::string out(utf8_prefix(text, kLoggedTextBytesMax));
  const auto hide = [&out](std::string_view secret) {
    if (!secret.empty()) out = without_secret(out, secret);
  };
  hide(context.settings->api_key);
  hide(context.settings->analytics_api.token);
  hide(credential_of(head));
  for (const std::string_view name : {"authorization", "x-api-key", "api-key"}) hide(head.header(name));
  for (const providers::Provider& provider : context.settings->providers) {
    for (const std::string_view secret : secrets_of(provider)) hide(secret);
  }
  return std::string(utf8_prefix(dialects::mask_credentials(out), kLoggedTextBytesMax));
}

std::string noted_name(const Context& context, std::string_view name) {
  return without_secret(utf8_prefix(name, kModelNotedBytesMax), context.settings->api_key);
}

}  // namespace onellm::gateway
