#include "dialects/anthropic_messages/client/request/thread.h"

#include <gtest/gtest.h>

#include <string>

#include "dialects/anthropic_messages/client/decode_request.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(MessagesThread, ThatBeginsCanBeLeftOut) {
  for (const char* thread : {R"({"type":"create"})", R"({})", R"(7)", R"({"type":7})", R"([{"type":"continue"}])"}) {
    EXPECT_FALSE(refusal_of_thread({thread})) << thread;
  }
}

TEST(MessagesThread, ThatContinuesIsRefusedWithTheCodeOnWhichClientsSendAllAgain) {
  const std::optional<Error> error = refusal_of_thread({R"({"previous_message_id":"msg_1","type":"continue"})"});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, ErrorKind::kBadRequest);
  EXPECT_EQ(error->param, "thread");
  EXPECT_EQ(error->extra, R"("details":{"error_code":"thread_not_found"})");
}

TEST(MessagesThread, IsNoErrorOfTheRequestForAnthropicItself) {
  const json::Buffer body(R"({"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],)"
                          R"("thread":{"type":"continue","previous_message_id":"msg_1"}})");
  Result<chat::Request> request = decode_request(body);
  ASSERT_TRUE(request);
  ASSERT_TRUE(request->source.out_of_range);
  EXPECT_EQ(request->source.out_of_range->param, "thread");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
