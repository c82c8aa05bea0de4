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
#include "dialects/common/errors/reason.h"

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
  out << status_of(error) << ' ' << dialects::type_of(error) << ' ' << (code_of(error).empty() ? "-" : code_of(error))
      << ' ' << error.message;
  return out.str();
}

// What a kind that exists only for details has.
inline std::string describe_typed(chat::EventKind kind, const chat::EventDetails& details) {
  using chat::EventKind;
  std::ostringstream out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    if (!value.empty()) out << ' ' << name << ' ' << value;
  };
  if (kind == EventKind::kThinkingSigned) {
    const chat::ThinkingBlock& block = details.thinking;
    out << (block.redacted ? " redacted \"" : " \"") << block.text.text << '"';
    add("signature", block.signature.text);
    add("model", block.model.text);
    if (block.calls_before > 0) out << " after calls " << block.calls_before;
    if (block.text_before == chat::ThinkingBlock::kAllText) out << " after all text";
    if (block.text_before > 0 && block.text_before != chat::ThinkingBlock::kAllText) {
      out << " after text " << block.text_before;
    }
    if (details.thinking_cut) out << " cut";
    if (details.confirmed == chat::Confirmed::kLater) out << " not confirmed";
    if (details.confirmed == chat::Confirmed::kAgain) out << " confirmed";
  } else if (kind == EventKind::kCitation) {
    const chat::Citation& citation = details.citation;
    out << ' ' << citation.begin << '-' << citation.end << ' ' << citation.url.text << " \"" << citation.title.text
        << '"';
    add("quote", citation.quote.text);
    add("reference", citation.reference.text);
  } else if (kind == EventKind::kMedia) {
    out << ' ' << details.media.type.text << ' ' << details.media.data.text;
  } else if (kind == EventKind::kCode) {
    out << (details.code.is_output ? " output " : " ") << details.code.label.text << " \"" << details.code.text.text
        << '"';
  } else if (kind == EventKind::kProviderPart) {
    out << ' ' << details.part.name.text << ' ' << details.part.value.text;
    add("signature", details.part.signature.text);
  }
  return out.str();
}

// The details that may stand beside any event.
inline std::string describe_details(const chat::EventDetails& details) {
  std::ostringstream out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    if (!value.empty()) out << " | " << name << ' ' << value;
  };
  add("signature", details.signature.text);
  add("phase", details.phase.text);
  add("logprobs", details.logprobs.text);
  add("stop_sequence", details.stop_sequence.text);
  add("refusal_category", details.refusal_category.text);
  add("answer_filters", details.answer_filters.text);
  if (details.characters_before > 0) out << " | characters_before " << details.characters_before;
  add("service_tier", details.service_tier.text);
  add("container", details.container.text);
  add("prompt_filters", details.prompt_filters.text);
  add("gateway", details.gateway_members.text);
  return out.str();
}

// One line: the kind, the choice, and what the kind has; then the details and the extras.
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
    case EventKind::kThinkingSigned: out << "thinking_signed " << event.choice; break;
    case EventKind::kPartSigned: out << "part_signed " << event.choice; break;
    case EventKind::kCitation: out << "citation " << event.choice; break;
    case EventKind::kMedia: out << "media " << event.choice; break;
    case EventKind::kCode: out << "code " << event.choice; break;
    case EventKind::kProviderPart: out << "part " << event.choice; break;
    case EventKind::kContentEnded: out << "content_ended " << event.choice; break;
    case EventKind::kFinished:
      out << "finished " << event.choice << ' ' << chat::to_string(event.finish);
      if (!event.native_finish.empty()) out << " native " << event.native_finish.text;
      break;
    case EventKind::kUsage: out << "usage " << describe(*event.usage); break;
    case EventKind::kCompleted: out << "completed"; break;
    case EventKind::kFailed: out << "failed " << describe(*event.error); break;
  }
  if (event.details != nullptr) out << describe_typed(event.kind, *event.details) << describe_details(*event.details);
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
