// Fixtures that a person can read: a file says in prose what it shows, then has blocks that begin with a
// line `--- name` and end with the next such line. Chat events are written one a line.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "dialects/openai_chat/client/encode_error.h"

namespace onellm::test {

struct Transcript {
  std::string name;
  std::map<std::string, std::string> blocks;  // Each with the line end of its last line.
};

inline Transcript read_transcript(const std::filesystem::path& path) {
  Transcript transcript{.name = path.stem().string(), .blocks = {}};
  std::ifstream file(path, std::ios::binary);
  std::string block;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("--- ")) {
      block = line.substr(4);
      transcript.blocks[block] = "";
    } else if (!block.empty()) {
      transcript.blocks[block] += line + '\n';
    }
  }
  return transcript;
}

// The transcripts of a folder below tests/fixtures, by name.
inline std::vector<Transcript> read_transcripts(const std::string& folder) {
  std::vector<Transcript> transcripts;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(ONELLM_FIXTURES "/") + folder)) {
    transcripts.push_back(read_transcript(entry.path()));
  }
  std::sort(transcripts.begin(), transcripts.end(),
            [](const Transcript& left, const Transcript& right) { return left.name < right.name; });
  return transcripts;
}

inline std::string describe(const chat::Usage& usage) {
  std::ostringstream out;
  out << usage.prompt_tokens << '+' << usage.completion_tokens << '=' << usage.total_tokens;
  if (usage.cached_tokens) out << " cached " << *usage.cached_tokens;
  if (usage.cache_write_tokens) out << " cache_write " << *usage.cache_write_tokens;
  if (usage.reasoning_tokens) out << " reasoning " << *usage.reasoning_tokens;
  if (usage.web_search_requests) out << " searches " << *usage.web_search_requests;
  if (!usage.raw.empty()) out << ' ' << usage.raw;
  return out.str();
}

// With the type that a client of OpenAI's format gets.
inline std::string describe(const Error& error) {
  std::ostringstream out;
  out << status_of(error) << ' ' << dialects::openai_chat::type_of(error) << ' '
      << (code_of(error).empty() ? "-" : code_of(error)) << ' ' << error.message;
  return out.str();
}

// One line: the kind, the choice, and what the kind has; then the extras.
inline std::string describe(const chat::Event& event) {
  using chat::EventKind;
  std::ostringstream out;
  const std::string_view custom = event.custom ? " custom" : "";
  switch (event.kind) {
    case EventKind::kStarted:
      out << "started " << event.choice << " id " << event.id.text << " model " << event.name.text << " created "
          << event.created_s;
      break;
    case EventKind::kText: out << "text " << event.choice << " \"" << event.text.text << '"'; break;
    case EventKind::kReasoning: out << "reasoning " << event.choice << " \"" << event.text.text << '"'; break;
    case EventKind::kRefusal: out << "refusal " << event.choice << " \"" << event.text.text << '"'; break;
    case EventKind::kToolCallOpened:
      out << "call " << event.choice << '.' << event.tool_call << custom << " id " << event.id.text << " name "
          << event.name.text;
      break;
    case EventKind::kToolArguments:
      out << "arguments " << event.choice << '.' << event.tool_call << custom << " \"" << event.text.text << '"';
      break;
    case EventKind::kExtra: out << "extra " << event.choice; break;
    case EventKind::kFinished:
      out << "finished " << event.choice << ' ' << chat::to_string(event.finish);
      if (!event.native_finish.empty()) out << " native " << event.native_finish.text;
      break;
    case EventKind::kUsage: out << "usage " << describe(*event.usage); break;
    case EventKind::kCompleted: out << "completed"; break;
    case EventKind::kFailed: out << "failed " << describe(*event.error); break;
  }
  if (!event.delta_extra.empty()) out << " | delta " << event.delta_extra.text;
  if (!event.choice_extra.empty()) out << " | choice " << event.choice_extra.text;
  if (!event.reply_extra.empty()) out << " | reply " << event.reply_extra.text;
  return out.str();
}

// Writes down the events that it takes.
class Recorder final : public chat::EventSink {
 public:
  void take(const chat::Event& event) override { lines.push_back(describe(event)); }

  [[nodiscard]] std::string text() const {
    std::string out;
    for (const std::string& line : lines) out += line + '\n';
    return out;
  }

  std::vector<std::string> lines;
};

}  // namespace onellm::test
