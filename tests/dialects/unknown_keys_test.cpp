#include <gtest/gtest.h>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"
#include "dialects/request_support.h"
#include "json/reader.h"

namespace onellm::dialects {
namespace {

// The names of keys are kept without JSON's escapes, and must not be read as if they had some.
TEST(UnknownKeys, MayHaveAnyCharactersForEveryDialect) {
  const DecodedBody decoded = decode_good(
      body_with(R"("m\\\\ax":1,"\\":2,"a\"b":3,"line\nbreak":4,"\u00e9\ud83d\ude00\\u":5,"reason\u0069ng":{})"));
  const Dialect* const all[] = {&openai_chat::dialect(), &openai_responses::dialect(), &anthropic_messages::dialect(),
                                &gemini::dialect(), &palm::dialect()};
  for (const Dialect* dialect : all) {
    Result<EncodedRequest> encoded = dialect->encode_request(*decoded.request, {.model = "m"});
    ASSERT_TRUE(encoded) << encoded.error().message;
    EXPECT_TRUE(json::is_valid(encoded->body.flat()));
  }
}

}  // namespace
}  // namespace onellm::dialects
