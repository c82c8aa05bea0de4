// A model in several places: requests take them in turn, go on to the next one when one fails, and leave
// a place in trouble for last.
#include <gtest/gtest.h>

#include <map>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

const Json kThreePlaces =
    settings_with({{"AZURE_OPENAI_API_KEYS", "east:key-of-east;west:key-of-west;north:key-of-north"},
                   {"AZURE_OPENAI_DEPLOYMENTS", "both,small;both,small;both"},
                   {"AZURE_OPENAI_API_BASE", "https://{resource}.test"}});

// Which resource a call went to.
std::string place_of(const Fetch& fetch) {
  const std::string scheme = "POST https://";
  return fetch.url.substr(scheme.size(), fetch.url.find(".test") - scheme.size());
}

struct Cooldown : ::testing::Test {
  // A request whose calls are refused with `status` where the place is one of `failing`. Gives the places
  // that were asked, in order.
  std::string ask(const std::string& failing = "", int status = 503, const Headers& headers = {},
                  const std::string& model = "both") {
    Driver driver(gateway);
    driver.now_ms = now_ms;
    driver.chat(chat_request(model, false));
    std::string asked;
    for (size_t call = 0; call < driver.calls() && call < 10; ++call) {
      const std::string place = place_of(driver.fetches[call]);
      asked += (asked.empty() ? "" : " ") + place;
      if (failing.find(place) == failing.npos) {
        driver.answer(call, 200, completion("Here."));
      } else {
        driver.answer(call, status, error_body("No", "x"), headers);
      }
    }
    reply = driver.reply;
    return asked;
  }

  // For how long after a failure of `east` the others are asked before it, to the second.
  double rest_of_east_s(int status, const Headers& headers = {}) {
    while (!ask("east", status, headers).starts_with("east")) {
    }
    for (double s = 0; s <= 400; ++s) {
      // Three requests in a row: each place would be the first once.
      for (int turn = 0; turn < 3; ++turn) {
        if (ask().starts_with("east")) return s;
      }
      now_ms += 1000;
    }
    return -1;
  }

  Configured gateway{kThreePlaces};
  double now_ms = kStartMs;
  Reply reply;
};

TEST_F(Cooldown, IsNoneWhereAllIsWellAndPlacesTakeTurns) {
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(ask(), "east");
    EXPECT_EQ(ask(), "west");
    EXPECT_EQ(ask(), "north");
  }
}

TEST_F(Cooldown, CountsTheTurnsOfEachModelApart) {
  EXPECT_EQ(ask("", 0, {}, "both"), "east");
  EXPECT_EQ(ask("", 0, {}, "small"), "east");
  EXPECT_EQ(ask("", 0, {}, "both"), "west");
  EXPECT_EQ(ask("", 0, {}, "small"), "west");
  EXPECT_EQ(ask("", 0, {}, "small"), "east");
}

TEST_F(Cooldown, LetsNoClientNoticeTwoOfThreePlacesDown) {
  for (const int status : {401, 403, 404, 408, 429, 500, 502, 503, 504, 529}) {
    for (int request = 0; request < 30; ++request) {
      ask("east north", status);
      EXPECT_EQ(reply.status, 200) << status << " " << reply.body;
      now_ms += 1000;
    }
  }
}

TEST_F(Cooldown, LeavesThePlaceInTroubleForLast) {
  EXPECT_EQ(ask("east"), "east west");
  EXPECT_EQ(reply.header("x-onellm-attempts"), "2");
  EXPECT_EQ(ask(), "west");
  EXPECT_EQ(ask(), "north");
  EXPECT_EQ(ask(), "west") << "it would be east's turn";
  EXPECT_EQ(ask("west north"), "west north east") << "but it is not left out";
  EXPECT_EQ(reply.status, 200);
}

TEST_F(Cooldown, AsksThoseThatRestInTheOrderOfTheirRecovery) {
  EXPECT_EQ(ask("east", 401), "east west");
  EXPECT_EQ(ask("west", 429), "west north");
  EXPECT_EQ(ask("north", 503), "north west");
  EXPECT_EQ(ask(), "north") << "in 10 s, west in 30 s, east in 60 s";
  EXPECT_EQ(ask("north west"), "north west east");
}

TEST_F(Cooldown, LastsAsLongAsTheFailureSuggests) {
  EXPECT_EQ(rest_of_east_s(503), 10);
  EXPECT_EQ(rest_of_east_s(500), 10);
  EXPECT_EQ(rest_of_east_s(529), 2);
  EXPECT_EQ(rest_of_east_s(429), 30);
  EXPECT_EQ(rest_of_east_s(401), 60);
  EXPECT_EQ(rest_of_east_s(403), 60);
}

TEST_F(Cooldown, LastsAsLongAsTheReplyAsks) {
  EXPECT_EQ(rest_of_east_s(429, {{"retry-after", "45"}}), 45);
  EXPECT_EQ(rest_of_east_s(429, {{"retry-after", "86400"}}), 300);
}

TEST_F(Cooldown, IsNotShortenedByALesserFailure) {
  EXPECT_EQ(ask("east", 401), "east west");
  EXPECT_EQ(ask("east west north", 503), "west north east");
  now_ms += 11'000;
  EXPECT_EQ(ask(), "north");
  EXPECT_EQ(ask(), "west") << "east rests for a minute still";
}

TEST_F(Cooldown, FollowsNoMistakeOfTheClient) {
  EXPECT_EQ(ask("east", 400), "east");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(ask(), "west");
  EXPECT_EQ(ask(), "north");
  EXPECT_EQ(ask(), "east");
}

TEST_F(Cooldown, IsKnownAfterTheSettingsWereReadAgain) {
  EXPECT_EQ(ask("east"), "east west");
  gateway.configure(kThreePlaces.dump());
  EXPECT_EQ(ask(), "west");
  EXPECT_EQ(ask(), "north");
  EXPECT_EQ(ask(), "west");
}

TEST_F(Cooldown, EndsWithTheLastErrorWhereEveryPlaceFails) {
  EXPECT_EQ(ask("east west north", 429, {{"retry-after", "9"}}), "east west north");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("retry-after"), "9");
  EXPECT_EQ(reply.header("x-onellm-attempts"), "3");
}

TEST_F(Cooldown, ChangesNoOrderThatTheClientChose) {
  for (int request = 0; request < 3; ++request) {
    Driver driver(gateway);
    driver.chat(chat_request("alpha|delta", false));
    EXPECT_EQ(driver.fetches[0].url, "POST https://host.test/v2/chat/completions");
    driver.answer(0, 429, error_body("No", "x"), {{"retry-after", "60"}});
    EXPECT_EQ(driver.fetches[1].url, "POST https://mute.test/chat/completions");
    driver.answer(1, 200, completion("Second."));
  }
}

TEST_F(Cooldown, GoesOnToFallbacksWhereEveryPlaceFails) {
  for (const int status : {401, 503}) {
    Driver driver(gateway);
    driver.chat(chat_request("both|alpha", false));
    for (size_t call = 0; call < 3; ++call) driver.answer(call, status, error_body("No", "x"), {});
    ASSERT_EQ(driver.calls(), 4U) << driver.transcript();
    driver.answer(3, 401, error_body("No", "x"), {});
    EXPECT_EQ(driver.reply.status, status) << "more hopeful than the last one";
    EXPECT_EQ(driver.reply.header("x-onellm-provider"), status == 401 ? "host" : "azure");
    EXPECT_EQ(driver.reply.header("x-onellm-attempts"), "4");
  }
}

TEST_F(Cooldown, SendsEachPlaceItsOwnKey) {
  Driver driver(gateway);
  driver.chat(chat_request("both", false));
  driver.answer(0, 401, error_body("No", "x"), {});
  EXPECT_EQ(driver.fetches[0].headers["api-key"], "key-of-east");
  EXPECT_EQ(driver.fetches[1].headers["api-key"], "key-of-west");
}

TEST_F(Cooldown, IsOfOneDeploymentAndNotOfItsNeighbours) {
  while (!ask("east", 404).starts_with("east")) {
  }
  std::string firsts;
  for (int turn = 0; turn < 2; ++turn) firsts += ask("", 200, {}, "small").substr(0, 4) + " ";
  EXPECT_NE(firsts.find("east"), std::string::npos)
      << firsts << "\nwhat the resource says of one model is not of another";
}

TEST_F(Cooldown, IsNoneOfModelsThatAreInOnePlaceOnly) {
  const providers::Provider& host = gateway.settings()->providers[0];
  for (int i = 0; i < 500; ++i) {
    Driver driver(gateway);
    const std::string model = "invented-" + std::to_string(i);
    driver.chat(chat_request(host.name + "/" + model, false));
    driver.answer(0, 404, error_body("No such model", "x"));
    ASSERT_EQ(driver.reply.status, 404) << driver.transcript();
    ASSERT_EQ(gateway.cooldowns().rests_until_ms(host, model, driver.now_ms), 0);
  }
}

TEST(Cooldowns, RememberTheLatestOfMany) {
  Cooldowns cooldowns;
  providers::Provider place;
  const auto model = [](size_t i) { return "model-" + std::to_string(i); };
  constexpr size_t kMany = 10'000;
  for (size_t i = 0; i < kMany; ++i) {
    cooldowns.rest(place, model(i), kStartMs + 60'000, kStartMs);
    EXPECT_EQ(cooldowns.take_turn(place, model(i)), 0U);
  }
  size_t remembered = 0;
  for (size_t i = 0; i < kMany; ++i) remembered += cooldowns.rests_until_ms(place, model(i), kStartMs) > 0 ? 1 : 0;
  EXPECT_EQ(remembered, kCooldownsMax);
  EXPECT_GT(cooldowns.rests_until_ms(place, model(kMany - kCooldownsMax), kStartMs), 0) << "the oldest went";
  EXPECT_EQ(cooldowns.take_turn(place, model(kMany - kCooldownsMax)), 1U);
  EXPECT_EQ(cooldowns.take_turn(place, model(0)), 0U) << "its turns are counted anew";
}

// --- when all were asked ---

struct RetriesOfPlaces : ::testing::Test {
  // The places that a request asks, in order, with how long it waited before each. Every call is refused as
  // `failure_of` says of its place.
  struct Failure {
    int status;
    Headers headers;
  };
  std::string ask(const std::map<std::string, Failure>& failures) {
    Driver driver(gateway);
    driver.chat(chat_request("both", false));
    std::string asked;
    for (size_t call = 0; call < 20; ++call) {
      double waited_ms = 0;
      for (; call == driver.calls() && !driver.reply.ended && waited_ms < 5'000; ++waited_ms) driver.wait(1);
      if (call == driver.calls()) break;
      const std::string place = place_of(driver.fetches[call]);
      asked += (asked.empty() ? "" : " ") + place;
      const Failure& failure = failures.at(place);
      driver.answer(call, failure.status, error_body("No", "x"), failure.headers);
    }
    reply = driver.reply;
    return asked;
  }

  Json settings() {
    Json all = kThreePlaces;
    all["ONELLM_RETRIES"] = 4;
    return all;
  }
  Configured gateway{settings()};
  Reply reply;
};

TEST_F(RetriesOfPlaces, GoRoundThem) {
  EXPECT_EQ(ask({{"east", {503, {}}}, {"west", {503, {}}}, {"north", {503, {}}}}),
            "east west north east west north east");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("x-onellm-attempts"), "7");
}

TEST_F(RetriesOfPlaces, BeginWhereTheRestEndsFirst) {
  EXPECT_EQ(ask({{"east", {503, {}}}, {"west", {429, {{"retry-after", "2"}}}}, {"north", {529, {}}}}),
            "east west north west north east west")
      << "in 2 s, just after that, and in 10 s";
}

TEST_F(RetriesOfPlaces, LeaveOutThoseThatWouldNotRecover) {
  EXPECT_EQ(ask({{"east", {503, {}}}, {"west", {401, {}}}, {"north", {429, {{"retry-after", "60"}}}}}),
            "east west north east east east east");
  EXPECT_EQ(reply.status, 429) << "it says when it will be well";
  EXPECT_EQ(reply.header("retry-after"), "60");
}

TEST_F(RetriesOfPlaces, AreNoneWhereNobodyWouldRecover) {
  EXPECT_EQ(ask({{"east", {401, {}}}, {"west", {404, {}}}, {"north", {403, {}}}}), "east west north");
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.header("x-onellm-attempts"), "3");
}

}  // namespace
}  // namespace onellm::gateway::test
