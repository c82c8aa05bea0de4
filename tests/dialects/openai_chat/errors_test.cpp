#include "dialects/openai_chat/errors.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/common/errors/reason.h"
#include "dialects/openai_chat/client/encode_error.h"

namespace onellm::dialects::openai_chat {
namespace {

// What a client gets, as JSON, with the status in front.
std::string shown(const Error& error) {
  std::string out = std::to_string(status_of(error)) + " ";
  encode_error(error, out);
  return out;
}

struct Case {
  const char* why;
  int status;
  const char* body;
  const char* shown;
};

void expect_shown(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const Error error = decode_error(c.status, c.body);
    EXPECT_EQ(error.kind, ErrorKind::kUpstreamRefused) << c.why;
    EXPECT_EQ(error.upstream_status, c.status) << c.why;
    EXPECT_EQ(shown(error), c.shown) << c.why;
  }
}

TEST(OpenAiChatErrors, KeepOpenAisOwnToTheLetter) {
  expect_shown({
      {"a model that is not there", 404,
       R"({"error":{"message":"The model `x` does not exist.","type":"invalid_request_error","param":null,"code":"model_not_found"}})",
       R"(404 {"error":{"message":"The model `x` does not exist.","type":"invalid_request_error","param":null,"code":"model_not_found"}})"},
      {"a null code beside a type", 401,
       R"({"error":{"message":"You didn't provide one.","type":"invalid_request_error","param":null,"code":null}})",
       R"(401 {"error":{"message":"You didn't provide one.","type":"invalid_request_error","param":null,"code":null}})"},
      {"a type of its own", 429,
       R"({"error":{"message":"Slow down","type":"tokens","param":null,"code":"rate_limit_exceeded"}})",
       R"(429 {"error":{"message":"Slow down","type":"tokens","param":null,"code":"rate_limit_exceeded"}})"},
      {"no money left", 429,
       R"({"error":{"message":"Pay","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})",
       R"(429 {"error":{"message":"Pay","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})"},
      {"a field at fault", 400,
       R"({"error":{"message":"Too \"hot\"","type":"invalid_request_error","param":"temperature","code":"x"}})",
       R"(400 {"error":{"message":"Too \"hot\"","type":"invalid_request_error","param":"temperature","code":"x"}})"},
      {"a model of another kind", 404,
       R"({"error":{"message":"This is not a chat model","type":"invalid_request_error","param":"model","code":null}})",
       R"(404 {"error":{"message":"This is not a chat model","type":"invalid_request_error","param":"model","code":null}})"},
  });
}

// Google's own OpenAI-compatible endpoint sends its errors in an array, and says how long to wait in no header.
TEST(OpenAiChatErrors, SayHowLongToWait) {
  const struct {
    const char* details;
    uint32_t seconds;
  } cases[] = {
      {R"([{"@type":"type.googleapis.com/google.rpc.Help","links":[]},{"retryDelay":"12s"}])", 12},
      {R"([{"retryDelay":"34.4s"},{"@type":"type.googleapis.com/google.rpc.QuotaFailure"}])", 35},
      {R"([{"retryDelay":"soon"}])", 0},
      {R"([{"retryDelay":"1.-5s"}])", 0},
      {R"([{"retryDelay":"1.5xs"}])", 0},
      {R"([{"retryDelay":"99999999999999999999s"}])", 86'400},
      {R"([{"retryDelay":12}])", 0},
      {R"("Try later.")", 0},
      {"null", 0},
  };
  for (const auto& c : cases) {
    const std::string details = c.details;
    const std::string first = R"({"error":{"details":)" + details + R"(,"code":429,"message":"No."}})";
    const std::string last = R"({"error":{"code":429,"message":"No.","details":)" + details + "}}";
    for (const std::string& body : {first, last, "[" + first + "]", "[" + last + "\n]\n"}) {
      const Error error = decode_error(429, body);
      EXPECT_EQ(error.retry_after_s, c.seconds) << body;
      EXPECT_EQ(error.message, "No.") << body;
      EXPECT_EQ(code_of(error), "rate_limit_exceeded") << body;
    }
  }
  EXPECT_EQ(decode_stream_error({R"({"code":429,"message":"No.","details":[{"retryDelay":"1s"}]})"}).retry_after_s, 1U);
}

TEST(OpenAiChatErrors, ReadGooglesOwnWords) {
  expect_shown({
      {"a key that is none", 400,
       R"([{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}])",
       R"(401 {"error":{"message":"API key not valid.","type":"authentication_error","param":null,"code":"invalid_api_key"}})"},
      {"a country that is not served", 400,
       R"([{"error":{"code":400,"message":"User location is not supported.","status":"FAILED_PRECONDITION"}}])",
       R"(403 {"error":{"message":"User location is not supported.","type":"permission_error","param":null,"code":null}})"},
  });
}

// x.ai says 400 where others say 401.
TEST(OpenAiChatErrors, RecogniseAKeyThatIsRefusedByItsWords) {
  expect_shown({
      {"a sentence for a code", 400,
       R"({"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***bc."})",
       R"(400 {"error":{"message":"Incorrect API key provided: ***.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})"},
  });
}

TEST(OpenAiChatErrors, ReadAzures) {
  expect_shown({
      {"the content filter", 400,
       R"({"error":{"message":"Filtered","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true}}}}})",
       R"(400 {"error":{"message":"Filtered","type":"invalid_request_error","param":"prompt","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true}}}}})"},
      {"a wrong key", 401, R"({"error":{"code":"401","message":"Access denied"}})",
       R"(401 {"error":{"message":"Access denied","type":"authentication_error","param":null,"code":"invalid_api_key"}})"},
      {"a wrong key without `error`", 401, R"({"statusCode":401,"message":"Access denied"})",
       R"(401 {"error":{"message":"Access denied","type":"authentication_error","param":null,"code":"invalid_api_key"}})"},
      {"no such deployment", 404, R"({"error":{"code":"DeploymentNotFound","message":"None"}})",
       R"(404 {"error":{"message":"None","type":"invalid_request_error","param":null,"code":"model_not_found"}})"},
      {"a wrong path", 404, R"({"error":{"code":"404","message":"Resource not found"}})",
       R"(404 {"error":{"message":"Resource not found","type":"invalid_request_error","param":null,"code":"model_not_found"}})"},
      {"too many requests", 429, R"({"error":{"code":"429","message":"Please retry after 7 seconds."}})",
       R"(429 {"error":{"message":"Please retry after 7 seconds.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}})"},
      {"a word for a code", 500, R"({"error":{"code":"InternalServerError","message":"Oh"}})",
       R"(500 {"error":{"message":"Oh","type":"server_error","param":null,"code":"InternalServerError"}})"},
  });
}

TEST(OpenAiChatErrors, ReadEveryShapeThatHostsSend) {
  expect_shown({
      {"a text", 400, R"({"error":"no such thing"})",
       R"(400 {"error":{"message":"no such thing","type":"invalid_request_error","param":null,"code":null}})"},
      {"a word and a text", 403, R"({"error":"Forbidden","message":"The plan does not allow it"})",
       R"(403 {"error":{"message":"The plan does not allow it","type":"permission_error","param":null,"code":null}})"},
      {"the members themselves", 400,
       R"({"object":"error","message":"bad","type":"BadRequestError","param":null,"code":400})",
       R"(400 {"error":{"message":"bad","type":"BadRequestError","param":null,"code":null}})"},
      {"an array", 400, R"([{"error":{"code":400,"message":"bad","status":"INVALID_ARGUMENT"}}])",
       R"(400 {"error":{"message":"bad","type":"invalid_request_error","param":null,"code":null}})"},
      {"a detail", 422, R"({"detail":"Not so"})",
       R"(422 {"error":{"message":"Not so","type":"invalid_request_error","param":null,"code":null}})"},
      {"a list of details", 422,
       R"({"detail":[{"loc":["body","messages",0,"role"],"msg":"field required","type":"missing"},"and more"]})",
       R"(422 {"error":{"message":"body.messages.0.role: field required; and more","type":"invalid_request_error","param":null,"code":null}})"},
      {"details in a message", 422,
       R"({"object":"error","message":{"detail":[{"loc":["n"],"msg":"too big"}]},"type":"x"})",
       R"(422 {"error":{"message":"n: too big","type":"x","param":null,"code":null}})"},
      {"a text alone", 500, R"("boom")",
       R"(500 {"error":{"message":"boom","type":"server_error","param":null,"code":null}})"},
      {"a number of the host's own", 400, R"({"error":{"message":"bad","code":1302}})",
       R"(400 {"error":{"message":"bad","type":"invalid_request_error","param":null,"code":"1302"}})"},
      {"what a router was told", 429,
       R"({"error":{"message":"Provider returned error","code":429,"metadata":{"provider_name":"x","raw":"slow"}}})",
       R"(429 {"error":{"message":"Provider returned error","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded","metadata":{"provider_name":"x","raw":"slow"}}})"},
      {"a model to pull", 404,
       R"({"error":{"message":"model 'x' not found","type":"api_error","param":null,"code":null}})",
       R"(404 {"error":{"message":"model 'x' not found","type":"api_error","param":null,"code":"model_not_found"}})"},
      {"a path that is not there", 404, R"({"detail":"Not Found"})",
       R"(404 {"error":{"message":"Not Found","type":"invalid_request_error","param":null,"code":null}})"},
  });
}

TEST(OpenAiChatErrors, ReadWhatIsNoJson) {
  expect_shown({
      {"a page", 502,
       "<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>p{}</style></head>\n<body><script>x<y</script>"
       "<h1>502  Bad&nbsp;Gateway</h1><!-- no --><p>a &lt; b</p></body></html>",
       R"(502 {"error":{"message":"502 Bad Gateway 502 Bad Gateway a < b","type":"server_error","param":null,"code":null}})"},
      {"a line", 500, "  upstream connect error\r\n",
       R"(500 {"error":{"message":"upstream connect error","type":"server_error","param":null,"code":null}})"},
      {"half an object", 500, R"({"error":{"mess)",
       R"(500 {"error":{"message":"{\"error\":{\"mess","type":"server_error","param":null,"code":null}})"},
      {"another object", 500, R"({"a":1})",
       R"(500 {"error":{"message":"{\"a\":1}","type":"server_error","param":null,"code":null}})"},
      {"bytes", 500, "oh \xff no",
       "500 {\"error\":{\"message\":\"oh \xEF\xBF\xBD no\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"},
  });
}

TEST(OpenAiChatErrors, SayWhatTheStatusMeansWhereTheBodySaysNothing) {
  for (const int status : {400, 401, 403, 404, 408, 418, 429, 500, 502, 503, 522, 529}) {
    for (const char* body : {"", " \n", R"({"error":{"type":"x"}})"}) {
      const Error error = decode_error(status, body);
      EXPECT_NE(error.message.find(std::to_string(status)), std::string::npos) << status << body;
    }
  }
  EXPECT_EQ(code_of(decode_error(401, "")), "invalid_api_key");
  EXPECT_EQ(code_of(decode_error(429, "")), "rate_limit_exceeded");
  EXPECT_EQ(code_of(decode_error(404, "")), "");
}

TEST(OpenAiChatErrors, MakeOverloadOneThingForEveryProvider) {
  const Error error = decode_error(529, R"({"error":{"type":"overloaded_error","message":"Overloaded"}})");
  EXPECT_EQ(status_of(error), 503);
  EXPECT_EQ(code_of(error), "overloaded");
  EXPECT_EQ(error.upstream_status, 529);
  expect_shown({
      {"a code of null", 503, R"({"error":{"message":"Busy","type":"server_error","param":null,"code":null}})",
       R"(503 {"error":{"message":"Busy","type":"server_error","param":null,"code":"overloaded"}})"},
      {"a code that repeats the status", 503, R"({"error":{"message":"Busy","code":"503"}})",
       R"(503 {"error":{"message":"Busy","type":"server_error","param":null,"code":"overloaded"}})"},
      {"a page", 503, "<p>Busy</p>",
       R"(503 {"error":{"message":"Busy","type":"server_error","param":null,"code":"overloaded"}})"},
      {"a code of its own", 503, R"({"error":{"message":"Busy","code":"engine_down"}})",
       R"(503 {"error":{"message":"Busy","type":"server_error","param":null,"code":"engine_down"}})"},
  });
}

TEST(OpenAiChatErrors, MaskAndBoundTheirWords) {
  const Error error =
      decode_error(400, R"({"error":{"message":"No","type":"Bearer abc-1234","param":"sk-abcdefgh12","code":")" +
                            std::string(5000, 'x') + R"("}})");
  EXPECT_EQ(type_of(error), "Bearer ***");
  EXPECT_EQ(error.param, "***");
  EXPECT_LE(code_of(error).size(), 512U);
}

TEST(OpenAiChatErrors, StayJsonWhereACredentialStandsBehindAnEscape) {
  expect_shown({
      {"white space in escapes", 400,
       R"({"error":{"message":"x","metadata":{"raw":"password:\nhunter22","b":"api_key: \u0061bc-1234"}}})",
       R"(400 {"error":{"message":"x","type":"invalid_request_error","param":null,"code":null,"metadata":{"raw":"password:\n***","b":"api_key: ***"}}})"},
      {"a number", 400, R"({"error":{"message":"x","failed_generation":{"password":12345678}}})",
       R"(400 {"error":{"message":"x","type":"invalid_request_error","param":null,"code":null,"failed_generation":{"password":"***"}}})"},
  });
}

TEST(OpenAiChatErrors, MakeABadGatewayOfAStatusThatIsNoError) {
  for (const int status : {100, 204, 301, 304, 700}) {
    const Error error = decode_error(status, "");
    EXPECT_EQ(status_of(error), 502) << status;
    EXPECT_EQ(error.upstream_status, status);
  }
  const Error meant = decode_error(200, R"({"error":{"message":"slow","code":429}})");
  EXPECT_EQ(status_of(meant), 429);
  EXPECT_EQ(code_of(meant), "rate_limit_exceeded");
  EXPECT_EQ(meant.upstream_status, 200);
}

TEST(OpenAiChatErrors, InAStreamHaveTheStatusThatTheyMean) {
  struct StreamCase {
    const char* error;
    int status;
    const char* type;
    const char* code;
  };
  const StreamCase cases[] = {
      {R"({"message":"x","type":"server_error","param":null,"code":null})", 500, "server_error", ""},
      {R"({"message":"x","type":"tokens","param":null,"code":"rate_limit_exceeded"})", 429, "tokens",
       "rate_limit_exceeded"},
      {R"({"message":"x","code":402,"metadata":{}})", 402, "invalid_request_error", ""},
      {R"({"message":"x","type":"invalid_request_error","status_code":413,"failed_generation":""})", 413,
       "invalid_request_error", ""},
      {R"({"message":"x","type":"overloaded_error"})", 503, "overloaded_error", "overloaded"},
      {R"({"message":"x","code":503})", 503, "server_error", "overloaded"},
      {R"({"message":"x","code":529})", 503, "server_error", "overloaded"},
      {R"({"message":"x"})", 502, "server_error", ""},
      {R"("something broke")", 502, "server_error", ""},
      {R"({"error":{"message":"x","code":"401"}})", 401, "authentication_error", "invalid_api_key"},
      {R"(7)", 502, "server_error", ""},
      {R"({})", 502, "server_error", ""},
  };
  for (const StreamCase& c : cases) {
    const Error error = decode_stream_error(json::Raw{c.error});
    EXPECT_EQ(error.kind, ErrorKind::kUpstreamRefused) << c.error;
    EXPECT_EQ(status_of(error), c.status) << c.error;
    EXPECT_EQ(type_of(error), c.type) << c.error;
    EXPECT_EQ(code_of(error), c.code) << c.error;
    EXPECT_FALSE(error.message.empty()) << c.error;
  }
}

TEST(OpenAiChatErrors, NeverShowACredential) {
  const std::string secret = "s3cr3tS3CR3Ts3cr3tS3CR3Ts3cr3tS3CR3T";
  const std::string bodies[] = {
      R"({"error":{"message":"Incorrect API key provided: sk-)" + secret +
          R"(. See https://x.org/account/api-keys."}})",
      R"({"error":{"message":"no","innererror":{"header":"Authorization: Bearer )" + secret + R"("}}})",
      R"({"message":"API key not valid: \")" + secret + R"(\""})",
      R"({"detail":[{"msg":"url?key=)" + secret + R"("}]})",
      "<p>api-key: " + secret + "</p>",
  };
  for (const std::string& body : bodies) {
    const std::string text = shown(decode_error(400, body));
    EXPECT_EQ(text.find(secret), std::string::npos) << text;
    EXPECT_NE(text.find("***"), std::string::npos) << text;
    EXPECT_FALSE(nlohmann::json::parse(text.substr(4), nullptr, false).is_discarded()) << text;
  }
}

TEST(OpenAiChatErrors, CutLongMessagesBetweenCharacters) {
  std::string message = "x";
  while (message.size() < 10'000) message += "\xC3\xA4";
  const Error json_error = decode_error(400, R"({"error":")" + message + R"("})");
  EXPECT_EQ(json_error.message, message.substr(0, 4095));
  const Error text_error = decode_error(400, message);
  EXPECT_EQ(text_error.message, message.substr(0, 499));
}

TEST(OpenAiChatErrors, ShowAllFourKeysOfOurOwn) {
  EXPECT_EQ(shown({.kind = ErrorKind::kBadRequest, .message = "stop \"it\"", .param = "stop"}),
            R"(400 {"error":{"message":"stop \"it\"","type":"invalid_request_error","param":"stop","code":null}})");
  EXPECT_EQ(shown({.kind = ErrorKind::kModelNotFound, .message = "none"}),
            R"(404 {"error":{"message":"none","type":"invalid_request_error","param":null,"code":"model_not_found"}})");
  EXPECT_EQ(shown({.kind = ErrorKind::kInternal, .message = "x", .extra = R"("legs":[])"}),
            R"(500 {"error":{"message":"x","type":"server_error","param":null,"code":"internal_error","legs":[]}})");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
