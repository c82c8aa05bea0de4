#include "dialects/anthropic_messages/client/blocks/whole_blocks.h"

#include <utility>

#include "dialects/anthropic_messages/client/blocks/call_input.h"
#include "dialects/common/tools/call_arguments.h"

namespace onellm::dialects::anthropic_messages {

namespace {

void append_input(bool custom, const std::string& input, std::string& out) {
  chat::ToolCall call;
  call.custom = custom;
  if (custom || input != "null") call.arguments = {input};
  append_arguments(call, out);
}

}  // namespace

void WholeBlocks::begin(std::string_view block, std::string& out) {
  if (!first_) out += ',';
  first_ = false;
  out += block;
  block_ = block.find("thinking") == block.npos ? Block::kText : Block::kThinking;
}

void WholeBlocks::add_text(json::RawString text, std::string& out) {
  if (block_ == Block::kCitedText) {
    static_cast<void>(close(out));
    open_text(out);
  }
  out += text.text;
}

void WholeBlocks::cite(const chat::Citation& citation, std::string& out) {
  out += block_ == Block::kText ? R"(","citations":[)" : ",";
  block_ = Block::kCitedText;
  append_citation(citation, out);
}

void WholeBlocks::sign(std::string_view signature, std::string& out) {
  out.append(R"(","signature":")").append(signature);
  block_ = Block::kSigned;
}

void WholeBlocks::add_redacted(std::string_view data, std::string& out) {
  begin(R"({"type":"redacted_thinking","data":")", out);
  out.append(data) += "\"}";
}

void WholeBlocks::open_call(std::string_view id, std::string_view name, bool custom, std::string& out) {
  begin(R"({"type":"tool_use","id":")", out);
  out.append(id).append(R"(","name":")").append(name).append(R"(","input":)");
  block_ = Block::kCall;
  custom_ = custom;
  input_.clear();
}

bool WholeBlocks::add_input(json::RawString fragment, std::string& /*out*/) {
  input_ += fragment.text;
  return true;
}

// As in a stream.
void WholeBlocks::end_cut_input(std::string& /*out*/) {
  CallInput input(custom_);
  std::string streamed;
  if (custom_ || !input.add({input_}, streamed)) return;
  input.end_cut(streamed);
  if (input.end(streamed) && !streamed.empty()) input_ = std::move(streamed);
}

bool WholeBlocks::close(std::string& out) {
  switch (block_) {
    case Block::kText: out += "\"}"; break;
    case Block::kCitedText: out += "]}"; break;
    case Block::kThinking: out += R"(","signature":""})"; break;
    case Block::kSigned: out += "\"}"; break;
    case Block::kCall:
      append_input(custom_, input_, out);
      out += '}';
      break;
  }
  return true;
}

}  // namespace onellm::dialects::anthropic_messages
