#include "dialects/openai_responses/account_members.h"

#include <string_view>

namespace onellm::dialects::openai_responses {

namespace {

// https://platform.openai.com/docs/api-reference/responses/create, and threads of the Assistants API.
constexpr std::string_view kStored[] = {"previous_response_id", "vector_store_id", "vector_store_ids", "connector_id",
                                        "container_id",         "skill_id",        "skill_ids"};
constexpr std::string_view kStoredAtTop[] = {"conversation", "conversation_id", "thread", "thread_id"};
constexpr std::string_view kStoredIfNoText[] = {"prompt"};  // A template. In OpenAI's completions it is a text.
constexpr std::string_view kContainers[] = {"container"};   // Of the code interpreter.

constexpr std::string_view kItems[] = {"input"};
constexpr std::string_view kReferences[] = {"item_reference"};
constexpr ItemContent kItemContents[] = {{"message", "content"},
                                         {"reasoning", "encrypted_content"},
                                         {"reasoning", "content"},
                                         {"compaction", "encrypted_content"},
                                         {"function_call", "arguments"},
                                         {"custom_tool_call", "input"},
                                         {"image_generation_call", "result"},
                                         {"web_search_call", "action"},
                                         {"file_search_call", "results"},
                                         {"code_interpreter_call", "code"},
                                         {"computer_call", "action"},
                                         {"local_shell_call", "action"},
                                         {"shell_call", "action"},
                                         {"apply_patch_call", "operation"},
                                         {"mcp_call", "arguments"},
                                         {"mcp_list_tools", "tools"},
                                         {"mcp_approval_request", "arguments"},
                                         {"mcp_approval_response", "approve"},
                                         {"", "content"},
                                         {"", "encrypted_content"},
                                         {"", "result"},
                                         {"", "output"}};

}  // namespace

const AccountMembers& account_members() {
  static constexpr AccountMembers kMembers = {.stored = kStored,
                                              .stored_at_top = kStoredAtTop,
                                              .stored_if_no_text = kStoredIfNoText,
                                              .containers = kContainers,
                                              .items = kItems,
                                              .references = kReferences,
                                              .item_contents = kItemContents};
  return kMembers;
}

}  // namespace onellm::dialects::openai_responses
