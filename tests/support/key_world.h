// The objects that store keys, as a session sees them: a registry and a limiter for each key, with the gateway's own
// decisions, in memory and on the clock of the driver.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/secrets/sha256.h"
#include "keys/flat.h"
#include "keys/limiter/store.h"
#include "keys/record/change.h"
#include "keys/record/view.h"
#include "keys/secret.h"
#include "support/gateway_driver.h"

namespace onellm::gateway::test {

class KeyWorld {
 public:
  // Makes a key and returns its secret. Its id is `key_` and the number of keys.
  std::string make(const Json& fields = Json::object(), double now_ms = kStartMs) {
    std::array<uint8_t, keys::kSecretRandomBytes> random{};
    random[0] = static_cast<uint8_t>(records.size() + 1);
    const std::string secret = keys::make_secret(random);
    const std::string id = "key_" + std::to_string(records.size() + 1);
    Result<keys::Record> made = keys::create_record(
        fields.dump(),
        {.id = id, .hash = sha256_hex(secret), .version = ++version, .now_ms = static_cast<int64_t>(now_ms)});
    EXPECT_TRUE(static_cast<bool>(made)) << fields;
    put(*made, now_ms);
    return secret;
  }
  void patch(const std::string& id, const Json& fields, double now_ms = kStartMs) {
    put(*keys::patch_record(records.at(id), fields.dump(), ++version, static_cast<int64_t>(now_ms)), now_ms);
  }
  static Headers with(const std::string& secret, Headers more = {}) {
    more.emplace("authorization", "Bearer " + secret);
    return more;
  }

  // A driver that begins. Another one may have had its address.
  void meet(Driver& driver) { served[&driver] = heard[&driver] = 0; }

  // Answers the calls that the driver made and that were not answered yet. Methods in `silent` get no answer, those in
  // `failing` fail.
  void serve(Driver& driver) {
    size_t& next = served[&driver];
    for (; next < driver.object_calls.size(); ++next) {
      const ObjectCall call = driver.object_calls[next];
      const std::string method = call.head.substr(call.head.rfind(' ') + 1);
      ++counts[method];
      if (silent.contains(method)) continue;
      if (failing.contains(method)) {
        driver.object_failed(next);
      } else {
        driver.object_reply(next, answer(method, call.argument, static_cast<int64_t>(driver.now_ms)));
      }
    }
    size_t& told = heard[&driver];
    for (; told < driver.told_objects.size(); ++told) {
      const ObjectCall& call = driver.told_objects[told];
      answer(call.head.substr(call.head.rfind(' ') + 1), call.argument, static_cast<int64_t>(driver.now_ms));
    }
  }

  std::map<std::string, keys::Record> records;  // By id.
  std::map<std::string, keys::Store> limiters;  // By id of the key.
  std::set<std::string> silent;
  std::set<std::string> failing;
  std::map<std::string, int> counts;  // Of calls, by method.
  int64_t version = 0;

 private:
  void put(const keys::Record& record, double now_ms) {
    records[record.id] = record;
    if (keys::has_limits(record) || limiters.contains(record.id)) {
      limiters[record.id].set_limits(static_cast<int64_t>(now_ms), keys::limits_of(record));
    }
  }

  std::string answer(const std::string& method, const std::string& argument, int64_t now_ms) {
    const Json given = Json::parse(argument);
    if (method == "find") {
      for (const auto& [id, record] : records) {
        const bool is_it = record.hash == given["hash"] || record.old_hash == given["hash"];
        if (is_it) return Json{{"record", keys::to_stored(record)}}.dump();
      }
      return "{}";
    }
    if (method == "read" && given.contains("id")) {
      const auto found = records.find(given["id"].get<std::string>());
      if (found == records.end()) return R"({"problem":"key_not_found"})";
      return Json{{"record", keys::to_stored(found->second)}, {"limited", true}}.dump();
    }
    keys::Store& limiter = limiters[given["key"].get<std::string>()];
    if (method == "admit") {
      keys::Ask ask;
      EXPECT_TRUE(keys::from_json(given["ask"].dump(), ask)) << argument;
      return keys::to_json(limiter.admit(now_ms, ask));
    }
    if (method == "settle") {
      limiter.settle(now_ms, given["id"], std::stoll(given["money"].get<std::string>()), given["tokens"]);
      return "{}";
    }
    EXPECT_EQ(method, "renew");
    return Json{{"renewed", limiter.renew(now_ms, given["id"])}}.dump();
  }

  std::map<Driver*, size_t> served;
  std::map<Driver*, size_t> heard;
};

}  // namespace onellm::gateway::test
