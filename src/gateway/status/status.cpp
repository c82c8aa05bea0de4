#include "gateway/status/status.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gateway/http/reply.h"
#include "json/writer.h"
#include "providers/provider.h"

namespace onellm::gateway {

namespace {

// Azure has a provider for each resource, all of one name.
void write_providers(const std::vector<providers::Provider>& configured, std::string& out) {
  json::ArrayWriter array(out);
  for (auto provider = configured.begin(); provider != configured.end(); ++provider) {
    const auto has_its_name = [&](const providers::Provider& other) { return other.name == provider->name; };
    if (std::any_of(configured.begin(), provider, has_its_name)) continue;
    json::ObjectWriter object(array.next());
    object.add_plain("name", provider->name);
    object.add_plain("dialect", providers::dialect_word(*provider->kind));
  }
}

// A problem is the name of its setting, a colon, and what is wrong.
void write_problems(const std::vector<std::string>& problems, std::string& out) {
  static constexpr std::string_view kColon = ": ";
  json::ArrayWriter array(out);
  for (const std::string_view problem : problems) {
    const size_t colon = std::min(problem.find(kColon), problem.size());
    json::ObjectWriter object(array.next());
    object.add_plain("setting", problem.substr(0, colon));
    object.add_plain("message", problem.substr(std::min(colon + kColon.size(), problem.size())));
  }
}

}  // namespace

void send_status(Context& context) {
  const routing::Settings& settings = *context.settings;
  const bool is_master = context.caller.is_master;
  std::string body;
  {
    json::ObjectWriter status(body);
    status.add_plain("object", "status");
    status.add_plain("version", ONELLM_VERSION);
    status.add_plain("scope", is_master ? "all" : "key");
    write_providers(settings.providers, status.begin("providers"));
    status.add("ledger", settings.ledger);
    status.add("kv", settings.has_kv);
    status.add("keys", settings.has_key_registry && settings.has_key_limiter);
    status.add("analytics", settings.has_analytics);
    if (is_master) write_problems(settings.problems, status.begin("problems"));
  }
  send_json(context, reply_head(context, 200), std::move(body));
}

}  // namespace onellm::gateway
