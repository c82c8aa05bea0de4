// A request of an administrator, and records as the registry stores them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"

namespace onellm::gateway::test {

inline Json with_keys(Json bindings = {"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT"}, Json more = Json::object()) {
  more["bindings"] = std::move(bindings);
  return settings_with(more);
}

inline Json with_keys_and_ledger() {
  return with_keys({"ONELLM_KEYS_OBJECT", "ONELLM_LIMITER_OBJECT", "ONELLM_LEDGER_OBJECT"}, {{"ONELLM_LEDGER", "1"}});
}

// A record as the registry stores it.
inline std::string stored(const std::string& id = "key_a", Json more = Json::object()) {
  Json record = {{"id", id},
                 {"version", 3},
                 {"metadata", "{}"},
                 {"created_ms", 1'600'000'000'000},
                 {"hash", std::string(64, 'a')},
                 {"spend", {{"version", 3}, {"amount", "5"}, {"window_start_ms", 1'600'000'000'000}}}};
  record.update(more);
  return record.dump();
}

struct AdminRoute : ::testing::Test {
  Driver& ask(const std::string& line, const std::string& body = "") {
    driver.request(line);
    if (driver.body_wanted) driver.event(EventKind::kRequestEnd, 0, body);
    return driver;
  }
  Json argument(size_t call) { return Json::parse(driver.object_calls.at(call).argument); }
  void answer(const Json& reply) { driver.object_reply(driver.object_calls.size() - 1, reply.dump()); }

  Configured gateway{with_keys()};
  Driver driver{gateway};
};

}  // namespace onellm::gateway::test
