#include "dialects/openai_responses/account_members.h"

#include <string_view>

namespace onellm::dialects::openai_responses {

namespace {

// https://platform.openai.com/docs/api-reference/responses/create, and threads of the Assistants API.
constexpr std::string_view kStored[] = {"previous_response_id", "vector_store_id", "vector_store_ids", "connector_id",
                                        "container_id"};
constexpr std::string_view kStoredAtTop[] = {"conversation", "conversation_id", "thread", "thread_id"};
constexpr std::string_view kStoredIfNoText[] = {"prompt"};  // A template. In OpenAI's completions it is a text.
constexpr std::string_view kContainers[] = {"container"};   // Of the code interpreter.

constexpr std::string_view kItems[] = {"input"};
constexpr std::string_view kNoContent[] = {"id", "type", "status", "role", "object", "phase"};

}  // namespace

const AccountMembers& account_members() {
  static constexpr AccountMembers kMembers = {.stored = kStored,
                                              .stored_at_top = kStoredAtTop,
                                              .stored_if_no_text = kStoredIfNoText,
                                              .containers = kContainers,
                                              .items = kItems,
                                              .no_content = kNoContent};
  return kMembers;
}

}  // namespace onellm::dialects::openai_responses
