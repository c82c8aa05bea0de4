// Fields are named by the client's dialect, in lists of what was dropped and in errors.
#include "gateway/chat/request/field_names.h"

#include <gtest/gtest.h>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/openai_chat/dialect.h"

namespace onellm::gateway {
namespace {

using Names = std::vector<std::string>;

TEST(FieldNames, AreSaidOnceInTheClientsWords) {
  const Names names = {"stop", "max_tokens", "max_completion_tokens", "top_k"};
  EXPECT_EQ(in_clients_words(names, dialects::anthropic_messages::dialect(), {}),
            (Names{"stop_sequences", "max_tokens", "top_k"}));
  EXPECT_EQ(in_clients_words(names, dialects::openai_chat::dialect(), {}), names);
}

TEST(FieldNames, BeginTheMessageOfAnError) {
  const Error error{.kind = ErrorKind::kBadRequest, .message = "stop must be short.", .param = "stop"};
  const Error said = in_clients_words(error, dialects::anthropic_messages::dialect(), {});
  EXPECT_EQ(said.message, "stop_sequences: must be short.");
  EXPECT_EQ(said.param, "stop_sequences");
  const Error other{.kind = ErrorKind::kBadRequest, .message = "The request is strict.", .param = "stop"};
  EXPECT_EQ(in_clients_words(other, dialects::anthropic_messages::dialect(), {}).message, "The request is strict.");
  EXPECT_EQ(in_clients_words(error, dialects::openai_chat::dialect(), {}).message, error.message);
}

TEST(FieldNames, ReplaceTheEncodersWhereTheMessageNamesThem) {
  const dialects::ClientDialect& client = dialects::anthropic_messages::dialect();
  const auto said = [&client](const std::string& name, const std::string& message) {
    return in_clients_words({.kind = ErrorKind::kUnsupportedParameter, .message = message, .param = name}, client, {})
        .message;
  };
  const std::string begin = "The model asked does not support ";
  const std::string end = ", and the request is strict.";
  EXPECT_EQ(said("messages[].thinking_blocks", begin + "messages[].thinking_blocks" + end), begin + "thinking" + end);
  EXPECT_EQ(said("stop", begin + "stop" + end), begin + "stop_sequences" + end);
  EXPECT_EQ(said("stop", "It never stops; stop_all is not stop."), "It never stops; stop_all is not stop_sequences.");
}

}  // namespace
}  // namespace onellm::gateway
