// The way of a client's request through the gateway to a provider of the same dialect: decoded, written and decoded
// again it is the same request, but for the losses that the dialect's row names.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/client_dialect.h"
#include "dialects/dialect.h"
#include "support/described_request.h"
#include "support/smallest_failing.h"

namespace onellm::contract {

struct RoundTrip {
  const char* name;
  const dialects::ClientDialect* client;
  const dialects::Dialect* provider;  // The other half of the dialect.
  // A model that takes whatever the request asks for: what a model does not take is no loss of the dialect.
  models::Contract (*contract_for)(const chat::Request& request);
  // Changes the request as writing it does. Each loss stands there with its reason.
  void (*lose)(chat::Request& request);
};

// Writes the request for a provider; nullopt: it is refused.
inline std::optional<std::string> write_request(const RoundTrip& trip, const chat::Request& request) {
  const dialects::EncodeOptions options{
      .model = request.model, .provider = "p", .contract = trip.contract_for(request)};
  Result<dialects::EncodedRequest> encoded = trip.provider->encode_request(request, options);
  if (!encoded) return std::nullopt;
  return encoded->body.flat();
}

// The order of parameters means nothing.
inline std::string description_of(const chat::Request& request) {
  chat::Request sorted = request;
  for (std::vector<chat::Parameter>* parameters : {&sorted.parameters, &sorted.unknown}) {
    std::stable_sort(parameters->begin(), parameters->end(),
                     [](const chat::Parameter& left, const chat::Parameter& right) { return left.name < right.name; });
  }
  return test::described(sorted, test::Described::kWithSource);
}

// Why the text does not come back as the same request; empty: it does. nullopt: it is no request of the dialect.
inline std::optional<std::string> problem_of(const RoundTrip& trip, std::string_view text) {
  const json::Buffer body(text);
  Result<chat::Request> request = trip.client->decode_request(body);
  if (!request) return std::nullopt;
  const std::optional<std::string> written = write_request(trip, *request);
  if (!written) return "it is not written";
  const json::Buffer sent(*written);
  Result<chat::Request> again = trip.client->decode_request(sent);
  if (!again) return "what is written is refused: " + again.error().message + "\n" + *written;
  chat::Request expected = *request;
  trip.lose(expected);
  const std::string wanted = description_of(expected);
  const std::string got = description_of(*again);
  if (wanted != got) return "wanted " + wanted + "\ngot    " + got + "\nwritten " + *written;
  if (write_request(trip, *again) != written) return "it is written otherwise the second time, at first as " + *written;
  return std::string();
}

// The request and its problem, then the smallest request that has one, be it another; empty: there is none.
inline std::string report_on(const RoundTrip& trip, const std::string& text) {
  const std::optional<std::string> problem = problem_of(trip, text);
  if (!problem) return "it is refused: " + text;
  if (problem->empty()) return {};
  const auto fails = [&trip](const test::OrderedJson& json) {
    return !problem_of(trip, json.dump()).value_or("").empty();
  };
  const std::string report = text + "\n" + *problem;
  const test::OrderedJson whole = test::OrderedJson::parse(text, nullptr, false);
  if (whole.is_discarded() || !fails(whole)) return report;
  const std::string smallest = test::smallest_failing(whole, fails).dump();
  return report + "\nsmallest " + smallest + "\n" + problem_of(trip, smallest).value_or("");
}

}  // namespace onellm::contract
