// Settings for tests of the gateway: OpenAI, a compatible host, one that needs no normalising, the echo.
// Failures are not retried: the tests of retries ask for that.
#pragma once

#include <nlohmann/json.hpp>

#include "gateway/gateway.h"
#include "support/gateway_driver.h"

namespace onellm::gateway::test {

inline constexpr const char* kHostKey = "upstream-key-of-the-host";

inline Json standard_settings() {
  return {{"ONELLM_API_KEY", kClientKey},
          {"OPENAI_API_KEY", kUpstreamKey},
          {"OPENAI_API_BASE", "https://openai.test"},
          {"HOST_KEY", kHostKey},
          {"ONELLM_RETRIES", 0},
          {"ONELLM_PROVIDERS",
           {{"host", {{"base", "https://host.test/v2"}, {"key", "HOST_KEY"}, {"models", {"alpha", "org/beta"}}}},
            {"plain", {{"base", "https://plain.test"}, {"models", {"gamma"}}, {"native", true}}},
            {"mute", {{"base", "https://mute.test"}, {"models", {"delta"}}, {"stream_usage", false}}}}}};
}

// The standard settings and `more` on top of them.
inline Json settings_with(const Json& more) {
  Json settings = standard_settings();
  settings.update(more);
  return settings;
}

// A gateway that is set up. Not movable, since sessions refer to it.
struct Configured : Gateway {
  explicit Configured(const Json& settings = standard_settings()) { configure(settings.dump()); }
};

}  // namespace onellm::gateway::test
