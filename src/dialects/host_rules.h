// What a host that speaks OpenAI's format takes of it. One format, many hosts: OpenAI itself refuses by
// model (models/), Azure by version of its API, the others know but a part of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace onellm::dialects {

enum class HostMapping : uint8_t {
  kAsWritten,   // The host takes what the client wrote, or names itself what it does not like.
  kOpenAi,      // OpenAI, and Azure's deployments of its models: by family and version.
  kCompatible,  // Another host: what only OpenAI has is left out, the forms that it replaced are renewed.
};

// What ids of tool calls a host takes in the messages of a conversation.
enum class ToolCallIds : uint8_t {
  kAny,
  kNine,  // Nine letters and digits.
};

// Views of settings, which live longer than any request.
struct HostRules {
  HostMapping mapping = HostMapping::kAsWritten;
  std::string_view api_version = {};  // Of Azure, a date; "v1", "preview" and empty are the newest. Of Anthropic.
  bool tools_give_text = false;       // kCompatible: messages of tools may hold nothing but text.
  bool takes_no_echoes = false;       // kCompatible: messages may have no members but those that its API documents.
  ToolCallIds tool_call_ids = ToolCallIds::kAny;
  std::string_view place = {};  // kOpenAi: of several places of one model, this one: its reasoning is sealed to it.

  // What settings say of this host, whatever the mapping. Names of top-level parameters; `drop` and `pass`
  // mean members of that name that clients echo in messages, too.
  std::span<const std::string> drop = {};                            // Left out.
  std::span<const std::string> pass = {};                            // Sent although kCompatible leaves it out.
  std::span<const std::pair<std::string, std::string>> rename = {};  // OpenAI's name, the host's.
};

}  // namespace onellm::dialects
