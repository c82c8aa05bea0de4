// A composed request, decoded again, is the same request. What is lost:
// - the gateway's own options (`onellm`), which are never sent;
// - `is_error` of a tool's result, for which the format has no place;
// - the wish for the usage of a stream where there is no stream: the API refuses it;
// - types that OpenAI does not document (foreign_types.json): such a request is refused before it is composed;
// - the form of a call's arguments: an object becomes text, and no arguments become `{}`.
// Members that the canonical form does not hold are lost when a request is decoded, not here: unknown members of parts
// and tools, members that are null, and white space.
#include <gtest/gtest.h>

#include "dialects/openai_chat/request/compose/writer.h"
#include "dialects/request_support.h"
#include "support/described_request.h"
#include "support/random/request.h"

namespace onellm::dialects::openai_chat {
namespace {

using test::described;

void lose_form(chat::ToolCall& call, chat::Request& request) {
  if (call.custom) return;
  if (!call.arguments_object.empty()) {
    std::string compact;
    json::compact_to(compact, call.arguments_object);
    call.arguments = {request.keep(json::escape(compact))};
    call.arguments_object = {};
  }
  if (call.arguments.empty()) call.arguments = {"{}"};
}

// A copy with the losses listed above.
chat::Request with_losses(const chat::Request& given) {
  chat::Request request = given;
  request.include_usage = request.include_usage && request.stream;
  for (chat::Message& message : request.messages) {
    message.is_error = false;
    for (chat::ToolCall& call : message.tool_calls) lose_form(call, request);
    if (message.function_call) lose_form(*message.function_call, request);
  }
  return request;
}

std::string compose_own(const chat::Request& request) {
  const ToolNames names(request, ToolNameForm::kAny);
  Result<Composed> composed = compose(request, names, {.model = request.model});
  EXPECT_TRUE(composed);
  return composed ? composed->text : std::string();
}

void expect_round_trip(const chat::Request& request, const std::string& where) {
  const std::string text = compose_own(request);
  const DecodedBody again = decode(text);
  ASSERT_TRUE(again.request.has_value()) << where << "\n" << again.error.message << "\n" << text;
  EXPECT_EQ(described(with_losses(request)), described(*again.request)) << where << "\n" << text;
  EXPECT_EQ(compose_own(*again.request), text) << where;
}

TEST(ComposedRequests, AreTheSameWhenTheyAreDecodedAgain) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    if (fixture.name == "foreign_types.json") continue;
    expect_round_trip(*decode_good(fixture.text).request, fixture.name);
  }
}

TEST(ComposedRequests, AreTheSameForTenThousandRandomOnes) {
  test::RandomRequests requests(15);
  for (int i = 0; i < 10'000 && !testing::Test::HasFailure(); ++i) {
    chat::Request request = requests.next();
    request.source.dialect = kOpenaiChat;  // Its unknown members are written, too.
    expect_round_trip(request, std::to_string(i));
  }
}

TEST(ComposedRequests, OfBorrowedFormsAreTheSameWhenTheyAreDecodedAgain) {
  const DecodedBody decoded = decode_good(
      R"({"model":"m","messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64",)"
      R"("media_type":"application/pdf","data":"JVBERi0="},"title":"t.pdf"},{"type":"text","text":"?"}]},)"
      R"({"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"s"},)"
      R"({"type":"tool_use","id":"a","name":"f","input":{"x":[1, 2]}}]},)"
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"a","is_error":true,"content":"no"}]}],)"
      R"("tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"}})");
  ASSERT_TRUE(decoded->source.rewritten);
  EXPECT_TRUE(decoded->messages[2].is_error);
  expect_round_trip(*decoded.request, "borrowed");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
