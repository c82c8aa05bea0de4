#include "providers/openai.h"

#include <algorithm>
#include <iterator>

#include "dialects/openai_chat/request/api_choice.h"
#include "dialects/openai_responses/dialect.h"

namespace onellm::providers {

namespace {

// An `authorization` header in the settings replaces the bearer token.
Endpoint with_bearer(const Provider& provider, std::string url) {
  Endpoint endpoint{.url = std::move(url), .headers = provider.headers};
  const bool has_own = std::any_of(provider.headers.begin(), provider.headers.end(),
                                   [](const Header& header) { return header.first == "authorization"; });
  if (!provider.key.empty() && !has_own) endpoint.headers.emplace_back("authorization", "Bearer " + provider.key);
  return endpoint;
}

}  // namespace

Endpoint openai_chat_endpoint(const Provider& provider, const Call& /*call*/) {
  return with_bearer(provider, provider.base + "/v1/chat/completions");
}

const Api* openai_other_api(const models::Contract& contract, const chat::Request& request) {
  static const Api kResponses{.dialect = &dialects::openai_responses::dialect(),
                              .endpoint = [](const Provider& provider, const Call& /*call*/) {
                                return with_bearer(provider, provider.base + "/v1/responses");
                              }};
  return dialects::openai_chat::needs_responses(contract, request) ? &kResponses : nullptr;
}

const Api& openai_count_api() {
  static const Api kApi{.dialect = &dialects::openai_responses::dialect(),
                        .endpoint = [](const Provider& provider, const Call& /*call*/) {
                          return with_bearer(provider, provider.base + "/v1/responses/input_tokens");
                        }};
  return kApi;
}

Endpoint compatible_chat_endpoint(const Provider& provider, const Call& /*call*/) {
  return with_bearer(provider, provider.base + "/chat/completions");
}

Endpoint openai_models_endpoint(const Provider& provider, const ListCall& /*call*/) {
  return with_bearer(provider, provider.base + "/v1/models");
}

Endpoint compatible_models_endpoint(const Provider& provider, const ListCall& /*call*/) {
  return with_bearer(provider, provider.base + "/models");
}

dialects::HostRules openai_host_rules(const Provider& /*provider*/, std::string_view /*upstream_model*/) {
  return {.mapping = dialects::HostMapping::kOpenAi, .tool_names = dialects::ToolNameForm::kPlain};
}

dialects::HostRules compatible_host_rules(const Provider& provider, std::string_view /*upstream_model*/) {
  const Quirks& quirks = provider.quirks;
  return {.mapping = quirks.native ? dialects::HostMapping::kAsWritten : dialects::HostMapping::kCompatible,
          .tools_give_text = quirks.tool_images == false,
          .tools_give_media = quirks.tool_images == true,
          .takes_no_echoes = !quirks.echoes,
          .tool_call_ids = quirks.tool_call_ids,
          .tool_names = quirks.tool_names,
          .takes_names = quirks.names,
          .takes_cache_marks = quirks.cache_marks,
          .content = quirks.content,
          .thinking = quirks.thinking,
          .forced_tools = quirks.forced_tools,
          .forces_while_thinking = quirks.force_while_thinking,
          .takes_repeated_roles = quirks.repeated_roles,
          .takes_repeated_tools = quirks.repeated_tools,
          .formats = quirks.formats,
          .choices_max = quirks.choices_max,
          .stops_max = quirks.stops_max,
          .temperature_tenths_max = quirks.temperature_tenths_max,
          .drop = quirks.drop,
          .pass = quirks.pass,
          .rename = quirks.rename};
}

}  // namespace onellm::providers
