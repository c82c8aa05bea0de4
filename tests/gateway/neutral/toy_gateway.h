// A gateway whose clients speak the toy dialect alone, with two providers that speak it too, besides those of the
// standard settings. Models of `toy` (t, u) take the native lane, those of `drum` (d, e) are translated.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "routing/settings/settings.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/toy_dialect/dialect.h"

namespace onellm::gateway::test {

namespace toy = onellm::test::toy;

inline const providers::Kind& toy_kind() {
  static const providers::Kind kKind{
      .name = "toy",
      .dialect = &toy::dialect(),
      .chat_endpoint = [](const providers::Provider& provider,
                          const providers::Call&) { return providers::Endpoint{.url = provider.base, .headers = {}}; },
      .client_headers = {},
  };
  return kKind;
}

inline providers::Provider toy_provider(const std::string& name, bool native, const std::vector<std::string>& models) {
  providers::Provider provider;
  provider.kind = &toy_kind();
  provider.name = name;
  provider.base = "https://" + name + ".test/";
  provider.quirks.native = native;
  for (const std::string& model : models) provider.models.push_back({.name = model, .upstream = model});
  return provider;
}

struct ToyGateway : Gateway {
  explicit ToyGateway(dialects::ClientRoutes clients = toy::routes()) : Gateway(clients) {
    routing::Settings settings = routing::read_settings(settings_with({{"GEMINI_API_KEY", "k"}}).dump(), {});
    settings.providers.push_back(toy_provider("toy", true, {"t", "u"}));
    settings.providers.push_back(toy_provider("drum", false, {"d", "e"}));
    settings.has_analytics = true;
    configure(std::move(settings));
  }
};

// One client of it.
struct ToyClient : Driver {
  explicit ToyClient(Gateway& gateway) : Driver(gateway) { chat_path = toy::kPath; }

  ToyClient& ask(const std::string& model, bool stream = true, const Json& more = Json::object()) {
    Json body = {{"ask", model}, {"stream", stream}, {"turns", {{{"user", "Hi"}}}}};
    body.update(more);
    chat(body);
    return *this;
  }
  // An upstream of the toy dialect begins a stream.
  void begin_stream(size_t call) { head(call, 200, {{"content-type", std::string(toy::kStreamType)}}); }
  // An upstream of the toy dialect sends a whole stream.
  void say(size_t call, const std::string& stream) {
    begin_stream(call);
    bytes(call, stream);
    end(call);
  }
  [[nodiscard]] std::vector<Json> lines_read() const {
    std::vector<Json> read;
    for (size_t at = 0; at < reply.body.size();) {
      const size_t line_end = std::min(reply.body.find('\n', at), reply.body.size());
      if (line_end > at) read.push_back(Json::parse(reply.body.substr(at, line_end - at), nullptr, false));
      at = line_end + 1;
    }
    return read;
  }
  // What the lines say in one choice: the texts joined.
  [[nodiscard]] std::string said(int choice = 0) const {
    std::string text;
    for (const Json& line : lines_read()) {
      if (line.contains("say") && line.value("at", 0) == choice) text += line["say"];
    }
    return text;
  }
  [[nodiscard]] Json line_with(const std::string& key) const {
    for (const Json& line : lines_read()) {
      if (line.contains(key)) return line;
    }
    return nullptr;
  }
};

inline std::string toy_line(const Json& line) { return line.dump() + "\n"; }
inline std::string toy_speech(const std::string& words) {
  return toy_line({{"from", "served"}, {"id", "up"}}) + toy_line({{"say", words}}) + toy_line({{"end", "stop"}}) +
         toy_line({{"read", 3}, {"wrote", 2}}) + std::string(toy::kEndMark);
}
inline std::string toy_error(const std::string& words, int status, const std::string& code) {
  return toy_line({{"oops", words}, {"status", status}, {"code", code}});
}

}  // namespace onellm::gateway::test
