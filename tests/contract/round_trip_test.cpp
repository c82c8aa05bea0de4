// A client's request goes through the gateway unchanged where the provider speaks the client's dialect (round_trip/).
// The gateway's own options (`onellm`) are never sent; they are no part of the request.
#include "contract/round_trip/round_trip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "contract/round_trip/chat_losses.h"
#include "contract/round_trip/messages_losses.h"
#include "contract/round_trip/request_texts.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/clients.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/dialect.h"
#include "support/random/chat.h"
#include "support/random/messages.h"

namespace onellm::contract {
namespace {

constexpr int kRandomRequests = 10'000;
constexpr uint64_t kSeed = 1516;

models::Contract contract_of_chat(const chat::Request& /*request*/) { return {}; }

// No model takes each form of thinking, so the form is the one that the request has.
models::Contract contract_of_claude(const chat::Request& request) {
  const json::Raw thinking = dialects::unknown_parameter(request, "thinking");
  const auto says = [&thinking](std::string_view word) { return thinking.text.find(word) != std::string_view::npos; };
  models::Contract contract;
  contract.takes_inline_system = true;
  contract.thinking = says("budget_tokens") ? models::ThinkingForm::kBudget : models::ThinkingForm::kAdaptive;
  contract.thinking_off = says("between_tools") ? models::ThinkingOff::kBetweenTools : models::ThinkingOff::kDisabled;
  return contract;
}

struct Row {
  RoundTrip trip;
  std::function<std::string()> (*random)();  // Gives another request with each call.
  size_t fixtures_least;                     // So many requests are among the fixtures.
};

template <typename Requests>
std::function<std::string()> random_requests() {
  return [requests = Requests(kSeed)]() mutable { return requests.next(); };
}

// A row for each dialect with both sides.
const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {{"openai_chat", &dialects::openai_chat::dialect(), &dialects::openai_chat::dialect(), contract_of_chat,
        lose_in_chat},
       random_requests<test::RandomChat>,
       30},
      {{"anthropic_messages", &dialects::anthropic_messages::dialect(), &dialects::anthropic_messages::dialect(),
        contract_of_claude, lose_in_messages},
       random_requests<test::RandomMessages>,
       10},
  };
  return kRows;
}

TEST(RoundTrip, HasARowForEveryDialectOfClients) {
  for (const dialects::ClientRoute& route : dialects::client_routes()) {
    const bool is_there = std::any_of(rows().begin(), rows().end(),
                                      [&route](const Row& row) { return row.trip.client == route.dialect; });
    EXPECT_TRUE(is_there) << route.path;
  }
}

class EveryRoundTrip : public testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(Contract, EveryRoundTrip, testing::ValuesIn(rows()),
                         [](const auto& test) { return std::string(test.param.trip.name); });

TEST_P(EveryRoundTrip, GivesBackEveryRequestAmongTheFixtures) {
  size_t requests = 0;
  for (const auto& [place, text] : all_request_texts()) {
    if (!problem_of(GetParam().trip, text)) continue;  // A reply, or a request of another dialect.
    ++requests;
    const std::string report = report_on(GetParam().trip, text);
    EXPECT_TRUE(report.empty()) << place << ": " << report;
  }
  EXPECT_GE(requests, GetParam().fixtures_least);
}

TEST_P(EveryRoundTrip, GivesBackTenThousandRandomRequests) {
  const std::function<std::string()> next = GetParam().random();
  for (int i = 0; i < kRandomRequests && !HasFailure(); ++i) {
    const std::string report = report_on(GetParam().trip, next());
    EXPECT_TRUE(report.empty()) << "request " << i << ": " << report;
  }
}

}  // namespace
}  // namespace onellm::contract
