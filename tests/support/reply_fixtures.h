// The fixtures of replies of every dialect towards providers: streams and whole replies, to try what a client gets of
// each of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"
#include "support/transcript.h"

namespace onellm::test {

struct ReplyFixture {
  std::string folder;  // Below tests/fixtures.
  const dialects::Dialect* dialect;
  bool streamed;
  Transcript transcript;

  // The folder and the file as the name of a test.
  [[nodiscard]] std::string test_name() const {
    std::string name = folder + "_" + transcript.name;
    for (char& c : name) c = c == '/' ? '_' : c;
    return name;
  }
};

inline std::vector<ReplyFixture> all_reply_fixtures() {
  struct Row {
    const char* folder;
    const dialects::Dialect* dialect;
    bool streamed;
  };
  const Row rows[] = {{"openai_chat/streams", &dialects::openai_chat::dialect(), true},
                      {"openai_chat/replies", &dialects::openai_chat::dialect(), false},
                      {"openai_responses/streams", &dialects::openai_responses::dialect(), true},
                      {"openai_responses/replies", &dialects::openai_responses::dialect(), false},
                      {"anthropic_messages/streams", &dialects::anthropic_messages::dialect(), true},
                      {"anthropic_messages/replies", &dialects::anthropic_messages::dialect(), false},
                      {"gemini/streams", &dialects::gemini::dialect(), true},
                      {"gemini/replies", &dialects::gemini::dialect(), false},
                      {"palm/replies", &dialects::palm::dialect(), false}};
  std::vector<ReplyFixture> fixtures;
  for (const Row& row : rows) {
    for (Transcript& transcript : read_transcripts(row.folder)) {
      fixtures.push_back({row.folder, row.dialect, row.streamed, std::move(transcript)});
    }
  }
  return fixtures;
}

// Decodes the fixture. A stream comes in pieces of that many bytes.
inline void decode(const ReplyFixture& fixture, chat::EventSink& sink, size_t piece_bytes = std::string::npos) {
  dialects::ReplyContext context{.model = "asked", .text_tool = "", .seed = "s"};
  const auto tool = fixture.transcript.blocks.find("text_tool");
  if (tool != fixture.transcript.blocks.end()) context.text_tool = tool->second.substr(0, tool->second.size() - 1);
  if (!fixture.streamed) return fixture.dialect->decode_reply(fixture.transcript.blocks.at("reply"), context, sink);
  const auto decoder = fixture.dialect->make_stream_decoder(context);
  std::string_view rest = fixture.transcript.blocks.at("stream");
  while (!rest.empty()) {
    decoder->push(rest.substr(0, piece_bytes), sink);
    rest.remove_prefix(std::min(rest.size(), piece_bytes));
  }
  decoder->end(sink);
}

}  // namespace onellm::test
