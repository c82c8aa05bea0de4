// A provider: a dialect (wire format) with a base URL, a credential and quirks. Nearly all of it is data.
//
// Rule: a new provider is a new row (hosts.cpp if it is compatible with OpenAI, else registry.cpp), or an entry of
// ONELLM_PROVIDERS.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rope.h"
#include "chat/request.h"
#include "dialects/dialect.h"
#include "models/contract.h"
#include "models/overrides.h"
#include "providers/hosts.h"
#include "providers/quirks.h"

namespace onellm::providers {

using Header = std::pair<std::string, std::string>;  // Name in lower case, value.

struct Provider;

// One request to a chat API. A provider that signs its requests needs the body and the time; others use neither.
struct Call {
  std::string_view model;  // The provider's name for the model.
  bool stream = false;
  const Rope& body;
  double now_ms = 0;
};

// One request for a page of a list of models. `next` is empty, or the value from the page before (dialects::ModelPage).
struct ListCall {
  std::string_view next = {};
  double now_ms = 0;
};

// Where a request goes.
struct Endpoint {
  std::string url;
  std::vector<Header> headers;  // Credentials, signatures and what the provider always needs; not content-type.
};

// A header of an upstream's reply that is passed to the client.
struct PassedHeader {
  std::string_view theirs;
  std::string_view ours;
  bool is_time = false;  // Absolute time; sent to clients as a duration.
};

// A name that clients use, and the provider's own name.
struct Renaming {
  std::string_view known;
  std::string_view upstream;
};

// An API of a provider: a wire format and its endpoint.
struct Api {
  const dialects::Dialect* dialect;
  Endpoint (*endpoint)(const Provider& provider, const Call& call);
};

// What makes a provider of this kind available.
enum class Setup : uint8_t {
  kNothing,    // It is always available.
  kKey,        // The key in `key_setting`; `base_setting` may change its base URL.
  kResources,  // Azure's lists of resources and deployments.
  kEntry,      // An entry of ONELLM_PROVIDERS.
};

// One kind of provider: a row of the registry.
struct Kind {
  std::string_view name;             // "openai". Entries of ONELLM_PROVIDERS have names of their own.
  const dialects::Dialect* dialect;  // Null: the module itself answers (echo).
  Quirks quirks = {};
  // Patterns (base/pattern.h) of the names of its models. A model of that name that no provider lists is its own.
  std::span<const std::string_view> families = {};
  models::Maker maker = models::Maker::kNone;  // Whose naming scheme its models follow.
  // Null if the dialect is null.
  Endpoint (*chat_endpoint)(const Provider& provider, const Call& call);
  // The API for requests that the one above refuses. Returns null for all other requests. The pointer is null if there
  // is only one API.
  const Api* (*other_api)(const models::Contract& contract, const chat::Request& request) = nullptr;
  // The API that counts the tokens of a prompt. Null if there is none.
  const Api* count_api = nullptr;
  // The endpoint of its list of models. Null if it has none, or if the listed models cannot be used.
  Endpoint (*models_endpoint)(const Provider& provider, const ListCall& call) = nullptr;
  // Models that are listed if it has no list of its own, or if that list cannot be read now.
  std::span<const std::string_view> builtin_models = {};
  // Old names of its models.
  std::span<const Renaming> renamings = {};
  // Client headers that are passed to this provider, in lower case. All others are dropped.
  std::vector<std::string_view> client_headers = {};
  // Further ones from clients of its own dialect; they win over the settings. A name that ends with `*` stands for all
  // that begin so, except `withheld_headers`.
  std::vector<std::string_view> own_client_headers = {};
  std::vector<std::string_view> withheld_headers = {};
  // Of both: those that choose an account at the provider. They are passed for the master key alone.
  std::vector<std::string_view> account_headers = {};
  // Of `own_client_headers`: the one with the version of the API. The settings have the default.
  std::string_view version_header = {};
  // The parts of its dialect that its API accepts, for any model; null: all parts.
  dialects::HostRules (*host_rules)(const Provider& provider, std::string_view upstream_model) = nullptr;
  // The gateway itself refuses values that differ from the documentation of the dialect, if the request is in it. If
  // false, the host decides.
  bool refuses_values = false;
  // Headers of its replies about rate limits (rate_limits.h).
  std::span<const PassedHeader> rate_limits = {};
  // Headers of its replies that clients of its own dialect get unchanged. A name may end with `*`.
  std::vector<std::string_view> own_reply_headers = {};
  // The header of its replies with the id that it gave to the request.
  std::string_view request_id_header = {};
  // A 409 may be retried: the provider's own clients do that.
  bool conflict_passes = false;

  Setup setup = Setup::kNothing;
  std::string_view key_setting = {};            // The setting with its key. Without a key it is not available.
  std::string_view base_setting = {};           // The setting with its base URL, and
  std::string_view base_default = {};           // the base URL if that is not set.
  bool base_as_written = false;                 // false: a version at the end of the base is removed.
  std::string_view key_setting_otherwise = {};  // The setting with its key if `key_setting` is not set.
  std::string_view version_setting = {};        // The setting with the version of its API, and
  std::string_view version_default = {};        // the version if that is not set.
  std::string_view safety_setting = {};         // The setting with its content filters.
};

// A model that settings list for a provider.
struct Model {
  std::string name;      // The name that clients use.
  std::string upstream;  // The provider's name for it. Azure: the deployment.
};

// One configured provider. Azure has one for each resource, all named "azure".
struct Provider {
  const Kind* kind = nullptr;
  std::string name;
  std::string resource;             // Azure: the resource's name; else empty.
  std::string base;                 // Without a trailing slash.
  std::string key;                  // Empty: no credential is sent.
  std::string api_version;          // Azure, Anthropic.
  std::vector<Header> headers;      // From settings.
  std::string safety_settings;      // JSON for dialects::EncodeOptions; empty: the provider's defaults.
  std::vector<Model> models;        // Listed in settings.
  bool only_listed_models = false;  // Azure: a model that is not listed cannot be reached.
  Quirks quirks;
};

// True if the model's name is of a family of that kind.
[[nodiscard]] bool serves_family(const Kind& kind, std::string_view model);

// The provider's name for a model that settings do not list.
[[nodiscard]] std::string_view upstream_name(const Kind& kind, std::string_view model);

// The error if a provider of that kind must not get the values of the request (chat::Source::unusual); else nothing. A
// request that is in the provider's own dialect goes to it as it is, unless the kind refuses values.
[[nodiscard]] std::optional<Error> refusal_of_values(const Kind& kind, const chat::Request& request);

// The contract of a model of that provider. `upstream_model` is the provider's name for it, such as a deployment. If
// settings list another name for the same model, and the table knows that name, its contract is used. `overrides` may
// be null; it must outlive the result.
[[nodiscard]] models::Contract contract_of(const Provider& provider, std::string_view upstream_model,
                                           const models::Overrides* overrides = nullptr);

// The built-in providers, in the order in which families are tried.
[[nodiscard]] const std::vector<const Kind*>& kinds();
// The word for the wire format of that kind: the name of the first kind of the table that has the same, "openai" for
// every compatible host.
[[nodiscard]] std::string_view dialect_word(const Kind& kind);
// The kind of all hosts in ONELLM_PROVIDERS.
[[nodiscard]] const Kind& compatible_kind();
// The kind of a host that is built in.
[[nodiscard]] Kind kind_of(const Host& host);

}  // namespace onellm::providers
