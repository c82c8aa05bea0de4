// Writes content blocks as events of a stream.
// https://docs.claude.com/en/docs/build-with-claude/streaming
//
// This is the hot path of a translated stream: a piece of text is appended between a prepared head and a constant end.
#pragma once

#include <cstdint>
#include <string>

#include "dialects/anthropic_messages/client/blocks/block_writer.h"
#include "dialects/anthropic_messages/client/blocks/call_input.h"

namespace onellm::dialects::anthropic_messages {

class StreamBlocks final : public BlockWriter {
 public:
  void open_text(std::string& out) override;
  void add_text(json::RawString text, std::string& out) override { add_delta(text.text, out); }
  void cite(const chat::Citation& citation, std::string& out) override;
  void open_thinking(std::string& out) override;
  void add_thinking(json::RawString text, std::string& out) override { add_delta(text.text, out); }
  void sign(std::string_view signature, std::string& out) override;
  void add_redacted(std::string_view data, std::string& out) override;
  void open_call(std::string_view id, std::string_view name, bool custom, std::string& out) override;
  [[nodiscard]] bool add_input(json::RawString fragment, std::string& out) override;
  void end_cut_input(std::string& out) override;
  [[nodiscard]] bool input_is_empty() const override { return input_.is_empty(); }
  [[nodiscard]] bool input_may_end() const override { return input_.may_end(); }
  [[nodiscard]] bool close(std::string& out) override;

 private:
  void begin_start(std::string& out) const;
  void end_start(std::string_view delta, std::string& out);
  void begin_delta(std::string& out) const;
  void add_delta(std::string_view inside, std::string& out) {
    if (!half_.empty() || json::may_end_in_surrogate(inside)) return add_joined(inside, out);
    append_delta(inside, out);
  }
  void append_delta(std::string_view inside, std::string& out) const;
  void add_joined(std::string_view inside, std::string& out);
  // The text with the half before it, and without the half at its end, which is kept.
  [[nodiscard]] std::string joined(std::string_view inside);
  void end_text(std::string& out);
  template <typename F>
  [[nodiscard]] bool add_input_delta(const F& append, std::string& out);

  int64_t index_ = 0;
  bool is_call_ = false;
  std::string head_;  // Of a delta of the open block, up to the quote that opens its text.
  CallInput input_;
  std::string half_;  // The first half of a character, split over two fragments. Many clients refuse half a character.
};

}  // namespace onellm::dialects::anthropic_messages
