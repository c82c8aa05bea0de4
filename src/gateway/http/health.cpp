#include "gateway/http/health.h"

#include "gateway/http/reply.h"
#include "gateway/session/protocol.h"
#include "json/writer.h"

namespace onellm::gateway {

void send_root(Context& context) {
  send_whole(context, reply_head(context, 200), "text/plain; charset=utf-8",
             "This is One-LLM-API, one endpoint in front of many LLM providers.\n");
}

void send_health(Context& context) {
  const routing::Settings& settings = *context.settings;
  std::string body;
  {
    json::ObjectWriter health(body);
    health.add_plain("status", "ok");
    health.add_plain("version", ONELLM_VERSION);
    health.add("protocol", static_cast<int64_t>(kProtocolVersion));
    health.add("configured", !settings.api_key.empty());
    json::ArrayWriter problems(health.begin("problems"));
    if (settings.api_key.empty()) json::quote_to(problems.next(), "ONELLM_API_KEY: not set");
    for (const std::string& problem : settings.problems) json::quote_to(problems.next(), problem);
  }
  send_json(context, reply_head(context, 200), std::move(body));
}

}  // namespace onellm::gateway
