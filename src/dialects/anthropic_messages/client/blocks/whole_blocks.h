// Writes content blocks as the elements of the array `content` of a whole reply.
// https://docs.claude.com/en/api/messages
#pragma once

#include <string>

#include "dialects/anthropic_messages/client/blocks/block_writer.h"

namespace onellm::dialects::anthropic_messages {

class WholeBlocks final : public BlockWriter {
 public:
  void open_text(std::string& out) override { begin(R"({"type":"text","text":")", out); }
  // Text after a citation gets a block of its own, because the citation belongs to the text before it.
  void add_text(json::RawString text, std::string& out) override;
  void cite(const chat::Citation& citation, std::string& out) override;
  void open_thinking(std::string& out) override { begin(R"({"type":"thinking","thinking":")", out); }
  void add_thinking(json::RawString text, std::string& out) override { out += text.text; }
  void sign(std::string_view signature, std::string& out) override;
  void add_redacted(std::string_view data, std::string& out) override;
  void open_call(std::string_view id, std::string_view name, bool custom, std::string& out) override;
  [[nodiscard]] bool add_input(json::RawString fragment, std::string& out) override;
  void end_cut_input(std::string& out) override;
  [[nodiscard]] bool input_is_empty() const override { return input_.empty(); }
  [[nodiscard]] bool input_may_end() const override { return true; }
  [[nodiscard]] bool close(std::string& out) override;

 private:
  enum class Block : uint8_t { kText, kCitedText, kThinking, kSigned, kCall };
  void begin(std::string_view block, std::string& out);

  bool first_ = true;
  bool custom_ = false;
  Block block_ = Block::kText;
  std::string input_;  // Of the open call: the inside of a JSON string.
};

}  // namespace onellm::dialects::anthropic_messages
