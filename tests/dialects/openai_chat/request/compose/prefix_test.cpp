// One more turn of a conversation changes nothing before it, so that prompt caches stay valid: the body of the shorter
// conversation, up to the end of its messages, begins the body of the longer one.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "dialects/openai_chat/request/compose/host_rows.h"
#include "support/random/request.h"

namespace onellm::dialects::openai_chat {
namespace {

bool is_result(const chat::Message& message) {
  return message.role == chat::Role::kTool || message.role == chat::Role::kFunction;
}

// Nothing if the request is refused.
std::optional<std::string> body_of(const chat::Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = encode_request(request, options);
  if (!encoded) return std::nullopt;
  return encoded->body.flat();
}

void expect_prefixes(const chat::Request& whole, const HostRow& row) {
  const std::optional<std::string> longer = body_of(whole, row.options);
  for (size_t count = 1; count < whole.messages.size(); ++count) {
    if (is_result(whole.messages[count])) continue;  // A turn does not end between results.
    chat::Request shorter = whole;
    shorter.messages.resize(count);
    std::optional<std::string> body = body_of(shorter, row.options);
    ASSERT_EQ(body.has_value(), longer.has_value()) << row.name;
    if (!body) continue;
    ASSERT_TRUE(body->ends_with("]}")) << *body;
    body->resize(body->size() - 2);
    EXPECT_EQ(longer->substr(0, body->size()), *body) << row.name;
  }
}

TEST(ComposedPrefixes, StayWhenAConversationGrows) {
  test::RandomRequests requests(157, {.extra = false, .cache_marks = false});
  for (int i = 0; i < 60 && !testing::Test::HasFailure(); ++i) {
    chat::Request request = requests.next();
    request.source.dialect = kTestDialect;
    for (const HostRow& row : host_rows()) expect_prefixes(request, row);
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
