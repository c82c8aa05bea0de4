// Writes the content blocks of an answer: as events of a stream (stream_blocks.h), or as the array `content` of a whole
// reply (whole_blocks.h). ContentFlow decides what stands in which block.
//
// Rule: one block at a time. Texts are insides of JSON strings.
#pragma once

#include <string>

#include "chat/event_details.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

class BlockWriter {
 public:
  BlockWriter() = default;
  BlockWriter(const BlockWriter&) = delete;
  BlockWriter& operator=(const BlockWriter&) = delete;

  virtual void open_text(std::string& out) = 0;
  virtual void add_text(json::RawString text, std::string& out) = 0;
  virtual void cite(const chat::Citation& citation, std::string& out) = 0;

  virtual void open_thinking(std::string& out) = 0;
  virtual void add_thinking(json::RawString text, std::string& out) = 0;
  // Once, after all text of the block.
  virtual void sign(std::string_view signature, std::string& out) = 0;

  // A whole block.
  virtual void add_redacted(std::string_view data, std::string& out) = 0;

  // `custom`: the input is a text, not JSON.
  virtual void open_call(std::string_view id, std::string_view name, bool custom, std::string& out) = 0;
  // False: the client has a part of the input already, and it can become no JSON object any more.
  [[nodiscard]] virtual bool add_input(json::RawString fragment, std::string& out) = 0;
  // The output limit was reached: an input that is the start of an object is closed (call_input.h).
  virtual void end_cut_input(std::string& out) = 0;
  // Of the open call: nothing of its input came; it may end here.
  [[nodiscard]] virtual bool input_is_empty() const = 0;
  [[nodiscard]] virtual bool input_may_end() const = 0;

  // Ends the open block. False: it is a call whose input is no JSON object, and the client has a part of it already.
  [[nodiscard]] virtual bool close(std::string& out) = 0;

 protected:
  ~BlockWriter() = default;
};

// Appends the citation as an object. All sources of other providers are given as results of a web search.
// https://docs.claude.com/en/docs/build-with-claude/citations
void append_citation(const chat::Citation& citation, std::string& out);

}  // namespace onellm::dialects::anthropic_messages
