#include "prices/overrides.h"

#include <gtest/gtest.h>

namespace onellm::prices {
namespace {

using Problems = std::vector<std::string>;

constexpr double kNow = 1.8e12;
const chat::Usage kThousand{.prompt_tokens = 1000, .completion_tokens = 1000};

std::optional<std::string> cost(std::string_view json, const Service& service, const chat::Usage& usage = kThousand) {
  Problems problems;
  const auto overrides = read_overrides(json, problems);
  EXPECT_EQ(problems, Problems()) << json;
  const auto amount = cost_of(usage, service, kNow, overrides.get());
  if (!amount) return std::nullopt;
  return format_usd(*amount);
}

Problems problems_of(std::string_view json) {
  Problems problems;
  EXPECT_EQ(read_overrides(json, problems), nullptr) << json;
  return problems;
}

TEST(Overrides, PriceWhatTheTableDoesNotKnow) {
  constexpr std::string_view kJson = R"({"my-model":{"input_mtok":2.5,"output_mtok":"10.00","cache_read_mtok":0.25}})";
  EXPECT_EQ(cost(kJson, {.provider = "mine", .model = "My-Model"}), "0.0125");
  EXPECT_EQ(cost(kJson, {.provider = "mine", .model = "my-model"}, {.prompt_tokens = 1000, .cached_tokens = 400}),
            "0.0016");  // 600 * 2.5 + 400 * 0.25, a millionth of it.
  EXPECT_EQ(cost(kJson, {.provider = "mine", .model = "my-model-2"}), std::nullopt);
  EXPECT_EQ(cost(kJson, {.provider = "mine", .model = "served-42", .asked = "my-model"}), "0.0125");
}

TEST(Overrides, WinOverTheTableAsAWhole) {
  constexpr std::string_view kJson = R"({"gpt-4o":{"input_mtok":1,"output_mtok":1}})";
  EXPECT_EQ(cost(kJson, {.provider = "openai", .model = "gpt-4o"}), "0.002");
  EXPECT_EQ(cost(kJson, {.provider = "openai", .model = "gpt-4o"}, {.prompt_tokens = 1000, .cached_tokens = 1000}),
            "0.001")
      << "the cached price of the table is not theirs";
  EXPECT_EQ(cost(kJson, {.provider = "openai", .model = "gpt-4o-mini"}), "0.00075");
}

TEST(Overrides, OfNothingAreAPriceOfNothing) {
  EXPECT_EQ(cost(R"({"free":{"input_mtok":0,"output_mtok":0}})", {.provider = "mine", .model = "free"}), "0");
}

TEST(Overrides, AreFoundByTheClosestName) {
  constexpr std::string_view kJson = R"({"*":{"input_mtok":1,"output_mtok":0},
                                         "groq/*":{"input_mtok":2,"output_mtok":0},
                                         "llama-*":{"input_mtok":3,"output_mtok":0},
                                         "groq/llama-*":{"input_mtok":4,"output_mtok":0},
                                         "llama-x":{"input_mtok":5,"output_mtok":0},
                                         "groq/llama-x":{"input_mtok":6,"output_mtok":0},
                                         "meta/llama-x":{"input_mtok":7,"output_mtok":0}})";
  const auto price = [&](std::string_view provider, std::string_view model) {
    return cost(kJson, {.provider = provider, .model = model}, {.prompt_tokens = 1'000'000});
  };
  EXPECT_EQ(price("mine", "anything"), "1");
  EXPECT_EQ(price("groq", "anything"), "2");
  EXPECT_EQ(price("mine", "llama-y"), "3");
  EXPECT_EQ(price("groq", "llama-y"), "4");
  EXPECT_EQ(price("mine", "llama-x"), "5");
  EXPECT_EQ(price("groq", "llama-x"), "6");
  EXPECT_EQ(price("mine", "meta/llama-x"), "7") << "a model whose own name has a slash";
}

TEST(Overrides, MayHaveTiers) {
  constexpr std::string_view kJson = R"({"m":{
    "input_mtok":{"base":1,"tiers":[{"start":2000,"price":3},{"start":1000,"price":2}]},
    "output_mtok":{"base":10,"tiers":[{"start":1000,"price":20}]},
    "requests_kcount":1}})";
  const auto price = [&](int64_t prompt_tokens) {
    return cost(kJson, {.provider = "mine", .model = "m"}, {.prompt_tokens = prompt_tokens, .completion_tokens = 100});
  };
  EXPECT_EQ(price(1000), "0.003");     // 1000 * 1 + 100 * 10, a millionth of it, and a thousandth of $1.
  EXPECT_EQ(price(1001), "0.005002");  // 1001 * 2 + 100 * 20.
  EXPECT_EQ(price(2001), "0.009003");  // 2001 * 3 + 100 * 20.
}

TEST(Overrides, AreReadToTheLastDigit) {
  constexpr std::string_view kJson =
      R"({"m":{"input_mtok":0.000001,"output_mtok":"1e-6","web_searches_kcount":0.000000001}})";
  EXPECT_EQ(cost(kJson, {.provider = "mine", .model = "m"},
                 {.prompt_tokens = 1, .completion_tokens = 1, .web_search_requests = 1}),
            "0.000000000003");
}

TEST(Overrides, ThatAreMalformedCostOnlyThemselves) {
  Problems problems;
  const auto overrides = read_overrides(
      R"({"bad":{"input_mtok":-1},"":{"input_mtok":1},"a\nb":{"input_mtok":1},"good":{"input_mtok":1,"output_mtok":2}})",
      problems);
  EXPECT_EQ(problems, (Problems{"bad: input_mtok must be US dollars from 0 to 1000000 with at most 6 decimals",
                                "the name of model 2 is empty, or has a control character",
                                "the name of model 3 is empty, or has a control character"}));
  EXPECT_EQ(cost_of(kThousand, {.provider = "x", .model = "good"}, kNow, overrides.get()), 3'000'000'000);
}

TEST(Overrides, TakeNoOtherPrices) {
  for (const char* price :
       {"-1", "1000000.000001", "1e300", "0.0000001", "\"abc\"", "\"\"", "\"1,5\"", "true", "null", "[]"}) {
    EXPECT_EQ(problems_of(std::string(R"({"m":{"input_mtok":)").append(price).append("}}")),
              Problems{"m: input_mtok must be US dollars from 0 to 1000000 with at most 6 decimals"})
        << price;
  }
  EXPECT_EQ(problems_of(R"({"m":{"requests_kcount":0.0000000001}})"),
            Problems{"m: requests_kcount must be US dollars from 0 to 1000000 with at most 9 decimals"});
  for (const char* tiers : {"{}", R"({"base":1,"tiers":[{}]})", R"({"base":1,"tiers":[{"start":-1,"price":1}]})",
                            R"({"base":1,"tiers":[{"start":1.5,"price":1}]})", R"({"tiers":[]})",
                            R"({"base":1,"tiers":{}})", R"({"base":1,"tiers":[{"start":1,"price":1}],"more":1})"}) {
    EXPECT_EQ(problems_of(std::string(R"({"m":{"input_mtok":)").append(tiers).append("}}")),
              Problems{R"(m: input_mtok must have "base", and "tiers" with "start" and "price" each)"})
        << tiers;
  }
}

TEST(Overrides, NeedThePriceOfTheWholeBesideThatOfAPart) {
  EXPECT_EQ(problems_of(R"({"m":{"output_mtok":1,"cache_read_mtok":1}})"),
            Problems{"m: cache_read_mtok needs input_mtok beside it"});
  EXPECT_EQ(problems_of(R"({"m":{"input_mtok":1,"cache_write_1h_mtok":1}})"),
            Problems{"m: cache_write_1h_mtok needs cache_write_mtok beside it"});
  EXPECT_EQ(problems_of(R"({"m":{"input_mtok":1,"cache_read_mtok":1,"input_audio_mtok":1}})"),
            Problems{"m: input_audio_mtok and cache_read_mtok need cache_audio_read_mtok beside them"});
}

TEST(Overrides, SayWhatIsWrongWithoutTheValue) {
  EXPECT_EQ(problems_of(R"({"m":{}})"), Problems{"m: has no price"});
  EXPECT_EQ(problems_of(R"({"m":2.5})"), Problems{"m: must be an object"});
  EXPECT_EQ(problems_of("[]"), Problems{"must be a JSON object"});
  EXPECT_EQ(problems_of("{"), Problems{"is not valid JSON"});
  const Problems unknown = problems_of(R"({"m":{"s3cr3t":1}})");
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_TRUE(unknown[0].starts_with("m: has an unknown key; known are input_mtok, output_mtok,")) << unknown[0];
  EXPECT_EQ(unknown[0].find("s3cr3t"), std::string::npos);
  EXPECT_EQ(problems_of("{}"), Problems());
}

}  // namespace
}  // namespace onellm::prices
