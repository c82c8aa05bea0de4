#include "dialects/anthropic_messages/request/continued.h"

#include <string>
#include <string_view>
#include <vector>

namespace onellm::dialects::anthropic_messages {

std::optional<EncodedRequest> continue_request(const EncodedRequest& request, const chat::UnfinishedTurn& turn) {
  // request/writer.cpp writes `messages` last.
  static constexpr std::string_view kEndOfMessages = "}]}";
  const std::vector<std::string_view>& pieces = request.body.pieces();
  if (pieces.empty() || !pieces.back().ends_with(kEndOfMessages)) return std::nullopt;

  EncodedRequest next;
  for (size_t at = 0; at + 1 < pieces.size(); ++at) next.body.add_view(pieces[at]);
  next.body.add_view(pieces.back().substr(0, pieces.back().size() - 2));
  next.body.add_owned(R"(,{"role":"assistant","content":)" + std::string(turn.content.text) + "}]}");
  next.dropped = request.dropped;
  next.headers = request.headers;
  next.reply = request.reply;
  next.reply.characters_before = turn.characters;
  return next;
}

}  // namespace onellm::dialects::anthropic_messages
