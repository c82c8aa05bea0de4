#include "gateway/accounting/masked_text.h"

#include "base/limits.h"
#include "base/secrets/redact.h"
#include "base/text.h"
#include "dialects/common/errors/text.h"
#include "gateway/http/authentication.h"
#include "gateway/upstream/errors.h"
#include "keys/secret.h"

namespace onellm::gateway {

std::string masked_text(const Context& context, std::string_view text) {
  const Head head(context.request.head);
  std::string out = keys::hide_secrets(utf8_prefix(text, kLoggedTextBytesMax));
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
  // Cut afterwards: a part of a key that is too short to be recognised may be long enough to be of use.
  const std::string shown = keys::hide_secrets(name.substr(0, kModelBytesMax));
  return without_secret(utf8_prefix(shown, kModelNotedBytesMax), context.settings->api_key);
}

}  // namespace onellm::gateway
