// A provider: a dialect plus where it is reached, with what credential, and what is special about it.
// Nearly all of it is data. The table of kinds is registry.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chat/request.h"
#include "dialects/dialect.h"
#include "models/contract.h"
#include "models/overrides.h"
#include "providers/quirks.h"

namespace onellm::providers {

using Header = std::pair<std::string, std::string>;  // Name in lower case, value.

struct Provider;

// Where a request goes.
struct Endpoint {
  std::string url;
  std::vector<Header> headers;  // Credentials and what the provider always wants; not content-type.
};

// A header of an upstream's reply that passes to the client.
struct PassedHeader {
  std::string_view theirs;
  std::string_view ours;
  bool is_time = false;  // They give a point in time; clients of ours are told how long that is from now.
};

// A name that clients know, and the provider's own.
struct Renaming {
  std::string_view known;
  std::string_view upstream;
};

// An API of a provider: a wire format, and where it is spoken.
struct Api {
  const dialects::Dialect* dialect;
  Endpoint (*endpoint)(const Provider& provider, std::string_view upstream_model, bool stream);
};

// What makes a provider of this kind available.
enum class Setup : uint8_t {
  kNothing,    // Always there.
  kKey,        // The key in `key_setting`; `base_setting` may say where it is reached.
  kResources,  // Azure's lists of resources and deployments.
  kEntry,      // An entry of ONELLM_PROVIDERS.
};

// Which values of parameters the gateway itself refuses for a kind of provider.
enum class ValueCheck : uint8_t {
  kOpenAi,  // All that OpenAI documents otherwise.
  kRanges,  // Those that have no meaning in another API; not those that OpenAI alone limits.
  kNone,    // The host judges.
};

// One kind of provider: a row of the registry.
struct Kind {
  std::string_view name;                          // "openai"; for compatible hosts the setting gives the name.
  const dialects::Dialect* dialect;               // Null: answered by the module itself (echo).
  bool native;                                    // Speaks the client's own dialect and needs no normalising.
  bool (*serves_family)(std::string_view model);  // True of model names that belong to it by family.
  models::Maker maker = models::Maker::kNone;     // Whose names its models have.
  // Null where the dialect is.
  Endpoint (*chat_endpoint)(const Provider& provider, std::string_view upstream_model, bool stream);
  // The API for requests that the one above refuses. Gives null for all others; null where there is none.
  const Api* (*other_api)(const models::Contract& contract, const chat::Request& request) = nullptr;
  // Where it lists its models; null where it does not, or lists what nobody can reach. `next` is empty,
  // or what the page before said (dialects::ModelPage).
  Endpoint (*models_endpoint)(const Provider& provider, std::string_view next) = nullptr;
  // Models that are listed where it does not list them itself, or cannot at the moment.
  std::span<const std::string_view> builtin_models = {};
  // Names under which its models were known before.
  std::span<const Renaming> renamings = {};
  // Client headers that this provider knows; lower case. All others stay behind.
  std::vector<std::string_view> client_headers;
  // What its API takes, whichever the model; null where that is all of its dialect.
  dialects::HostRules (*host_rules)(const Provider& provider, std::string_view upstream_model) = nullptr;
  ValueCheck value_check = ValueCheck::kRanges;
  // What its replies say of rate limits (rate_limits.h).
  std::span<const PassedHeader> rate_limits = {};
  // A 409 of it may be gone in a moment: its own clients ask again.
  bool conflict_passes = false;

  Setup setup = Setup::kNothing;
  std::string_view key_setting = {};            // The setting without which it is not offered.
  std::string_view base_setting = {};           // The setting of its base URL, and
  std::string_view base_default = {};           // the base where that is not given.
  std::string_view key_setting_otherwise = {};  // Its key where `key_setting` is not given.
  std::string_view version_setting = {};        // The setting of the version of its API, and
  std::string_view version_default = {};        // the version where that is not given.
  std::string_view safety_setting = {};         // The setting of its content filters.
};

// A model that settings give to a provider.
struct Model {
  std::string name;      // As clients ask for it.
  std::string upstream;  // As the provider calls it; of Azure, the deployment.
};

// One configured place to send requests to. Azure has one for each resource, all named "azure".
struct Provider {
  const Kind* kind = nullptr;
  std::string name;
  std::string resource;             // Azure: the resource's name; else empty.
  std::string base;                 // Without a trailing slash.
  std::string key;                  // Empty: no credential is sent.
  std::string api_version;          // Azure, Anthropic.
  std::vector<Header> headers;      // From settings.
  std::string safety_settings;      // JSON for dialects::EncodeOptions; empty: the provider's own.
  std::vector<Model> models;        // Known by settings.
  bool only_listed_models = false;  // Azure: a model that is not listed cannot be reached.
  Quirks quirks;
};

// The provider's own name for a model that settings do not list.
[[nodiscard]] std::string_view upstream_name(const Kind& kind, std::string_view model);

// Why a provider of that kind cannot get the request's values; nothing where it can.
[[nodiscard]] std::optional<Error> refusal_of_values(const Kind& kind, const chat::Request& request);

// What a model of that provider takes. `upstream_model` is the provider's own name for it, as a deployment is;
// where settings give the model behind such a name, that says more. `overrides`, which may be null, must outlive what
// comes out.
[[nodiscard]] models::Contract contract_of(const Provider& provider, std::string_view upstream_model,
                                           const models::Overrides* overrides = nullptr);

// The kinds, in the order in which families are tried.
[[nodiscard]] const std::vector<const Kind*>& kinds();
// The kind of that name; null where there is none.
[[nodiscard]] const Kind* find_kind(std::string_view name);
// The kind of hosts in ONELLM_PROVIDERS.
[[nodiscard]] const Kind& compatible_kind();

}  // namespace onellm::providers
