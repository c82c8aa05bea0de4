#include "gateway/chat/request/encode_options.h"

#include "gateway/http/head.h"

namespace onellm::gateway {

dialects::EncodeOptions options_for(const Context& context, const routing::Target& target, const providers::Api& api,
                                    const models::Contract& contract, bool strict) {
  const providers::Provider& provider = *target.provider;
  dialects::EncodeOptions options{.model = target.model,
                                  .provider = provider.name,
                                  .ask_for_usage = provider.quirks.stream_usage,
                                  .strict = strict,
                                  .safety_settings = {provider.safety_settings},
                                  .contract = contract};
  if (provider.kind->host_rules != nullptr) options.host = provider.kind->host_rules(provider, target.model);
  if (api.dialect != provider.kind->dialect) options.host.api_version = {};  // The version belongs to the chat API.
  if (api.dialect->id() == context.client->id() && !provider.kind->version_header.empty()) {
    const std::string_view version = Head(context.request.head).header(provider.kind->version_header);
    if (!version.empty()) options.host.api_version = version;
  }
  return options;
}

}  // namespace onellm::gateway
