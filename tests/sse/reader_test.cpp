// Every case of fixtures/sse is a stream, <case>.sse, and the events that events.json says it has.
#include "sse/reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace onellm::sse {
namespace {

struct Seen {
  std::string type;
  std::string data;
  bool operator==(const Seen&) const = default;
};

void PrintTo(const Seen& seen, std::ostream* out) {
  *out << seen.type << ':' << testing::PrintToString(seen.data.substr(0, 60));
}

// A stream that was read to its end: what came on the way, and what end() gave.
struct Reading {
  std::vector<Seen> events;
  std::vector<Seen> events_at_end;
  bool operator==(const Reading&) const = default;
};

void PrintTo(const Reading& reading, std::ostream* out) {
  *out << testing::PrintToString(reading.events) << " and at the end " << testing::PrintToString(reading.events_at_end);
}

class Recorder {
 public:
  // The piece is copied to memory of its own size, so that a sanitizer sees each step outside it, and
  // spoiled afterwards, so that a view kept too long shows.
  bool push(std::string_view piece) {
    std::vector<char> bytes(piece.begin(), piece.end());
    const bool taken =
        reader_.push({bytes.data(), bytes.size()}, [&](const Event& event) { reading_.events.push_back(copy(event)); });
    std::fill(bytes.begin(), bytes.end(), '#');
    return taken;
  }
  Reading end() {
    reader_.end([&](const Event& event) { reading_.events_at_end.push_back(copy(event)); });
    return reading_;
  }
  [[nodiscard]] const Reader& reader() const { return reader_; }

 private:
  static Seen copy(const Event& event) { return {std::string(event.type), std::string(event.data)}; }

  Reader reader_;
  Reading reading_;
};

Reading read_in_pieces(std::string_view stream, size_t piece_bytes) {
  Recorder recorder;
  for (size_t at = 0; at < stream.size(); at += piece_bytes) {
    EXPECT_TRUE(recorder.push(stream.substr(at, piece_bytes)));
  }
  return recorder.end();
}

Reading read_whole(std::string_view stream) { return read_in_pieces(stream, stream.size() + 1); }

std::string with_line_ends(std::string_view stream, std::string_view line_end) {
  std::string out;
  for (const char c : stream) c == '\n' ? out.append(line_end) : out.append(1, c);
  return out;
}

std::string with_comment_lines(std::string_view stream) {
  std::string out;
  for (const char c : stream) out.append(1, c).append(c == '\n' ? ": note\n:\n" : "");
  return out;
}

struct Case {
  std::string name;
  std::string stream;
  Reading want;
};

std::vector<Seen> events_of(const nlohmann::json& list) {
  std::vector<Seen> events;
  for (const nlohmann::json& event : list) events.push_back({event[0], event[1]});
  return events;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Case> all_cases() {
  const std::filesystem::path folder = std::filesystem::path(ONELLM_FIXTURES) / "sse";
  const nlohmann::json events = nlohmann::json::parse(text_of(folder / "events.json"), nullptr, false);
  std::vector<Case> cases;
  for (const auto& [name, want] : events.items()) {
    const nlohmann::json none = nlohmann::json::array();
    cases.push_back({name,
                     text_of(folder / (name + ".sse")),
                     {events_of(want.value("events", none)), events_of(want.value("events_at_end", none))}});
  }
  return cases;
}

TEST(SseReader, ReadsEveryCaseWhole) {
  const std::vector<Case> cases = all_cases();
  EXPECT_GE(cases.size(), 40U);
  for (const Case& c : cases) EXPECT_EQ(read_whole(c.stream), c.want) << c.name;
}

TEST(SseReader, ReadsEveryCaseInPiecesOfAnySize) {
  for (const Case& c : all_cases()) {
    for (const size_t piece_bytes : {1U, 2U, 3U, 7U, 64U}) {
      EXPECT_EQ(read_in_pieces(c.stream, piece_bytes), c.want) << c.name << " in pieces of " << piece_bytes;
    }
  }
}

TEST(SseReader, ReadsEveryCaseCutAtAnyByte) {
  for (const Case& c : all_cases()) {
    for (size_t cut = 0; cut <= c.stream.size(); ++cut) {
      Recorder recorder;
      EXPECT_TRUE(recorder.push(c.stream.substr(0, cut)));
      EXPECT_TRUE(recorder.push(c.stream.substr(cut)));
      EXPECT_EQ(recorder.end(), c.want) << c.name << " cut at " << cut;
    }
  }
}

TEST(SseReader, ReadsTheSameWithOtherLineEnds) {
  for (const Case& c : all_cases()) {
    if (c.stream.find('\r') != std::string::npos) continue;
    for (const std::string_view line_end : {"\r\n", "\r"}) {
      const std::string stream = with_line_ends(c.stream, line_end);
      EXPECT_EQ(read_whole(stream), c.want) << c.name;
      EXPECT_EQ(read_in_pieces(stream, 1), c.want) << c.name << " byte by byte";
    }
  }
}

TEST(SseReader, ReadsTheSameWithCommentsBetweenLines) {
  for (const Case& c : all_cases()) {
    if (c.stream.find('\r') != std::string::npos) continue;
    const std::string stream = with_comment_lines(c.stream);
    EXPECT_EQ(read_whole(stream), c.want) << c.name;
    EXPECT_EQ(read_in_pieces(stream, 1), c.want) << c.name << " byte by byte";
  }
}

TEST(SseReader, PassesBytesThatAreNotUtf8) {
  EXPECT_EQ(read_whole("data: \xFF\xC3\n\n").events, (std::vector<Seen>{{"message", "\xFF\xC3"}}));
}

TEST(SseReader, HandsOnViewsOfThePushedBytes) {
  Reader reader;
  const std::string_view bytes = "event: x\ndata: first\n\ndata: second\n\n";
  size_t count = 0;
  EXPECT_TRUE(reader.push(bytes, [&](const Event& event) {
    ++count;
    EXPECT_GE(event.data.data(), bytes.data());
    EXPECT_LE(event.data.data() + event.data.size(), bytes.data() + bytes.size());
  }));
  EXPECT_EQ(count, 2U);
}

TEST(SseReader, GivesAnEventAsSoonAsItsBlankLineIsThere) {
  for (const std::string_view blank_line : {"\n\n", "\r\n\r", "\r\r"}) {
    size_t count = 0;
    Reader reader;
    EXPECT_TRUE(reader.push("data: now", [&](const Event&) { ++count; }));
    EXPECT_EQ(count, 0U);
    EXPECT_TRUE(reader.push(blank_line, [&](const Event&) { ++count; }));
    EXPECT_EQ(count, 1U);
  }
}

TEST(SseReader, EndsOnlyOnce) {
  Recorder recorder;
  EXPECT_TRUE(recorder.push("data: a"));
  EXPECT_EQ(recorder.end().events_at_end.size(), 1U);
  EXPECT_EQ(recorder.end().events_at_end.size(), 1U);
}

// The bytes after which a byte of our own may be written, as a row of '1' and '0'.
std::string boundaries(std::string_view stream) {
  Recorder recorder;
  std::string out(1, recorder.reader().at_boundary() ? '1' : '0');
  for (const char byte : stream) {
    EXPECT_TRUE(recorder.push({&byte, 1}));
    out += recorder.reader().at_boundary() ? '1' : '0';
  }
  return out;
}

TEST(SseReader, IsAtABoundaryWhereNoEventIsPending) {
  EXPECT_EQ(boundaries("data:a\n\n"), "100000001");
  EXPECT_EQ(boundaries("\n\n:c\n"), "111001");
  EXPECT_EQ(boundaries("id\n:c\n\n"), "10000001");
  EXPECT_EQ(boundaries("a:\r\r\nb:\n\r\n"), "10001100011");
}

TEST(SseReader, IsAtNoBoundaryInAnEventThatOnePushLeftOpen) {
  Recorder recorder;
  EXPECT_TRUE(recorder.push("data: a\n\nevent: x\n"));
  EXPECT_FALSE(recorder.reader().at_boundary());
  EXPECT_TRUE(recorder.push(": c\n"));
  EXPECT_FALSE(recorder.reader().at_boundary());
  EXPECT_TRUE(recorder.push("\n"));
  EXPECT_TRUE(recorder.reader().at_boundary());
}

TEST(SseReader, KeepsLinesOfJsonThatStandBetweenEvents) {
  const std::string stream =
      "data: a\n\nwhat\n{\n  \"error\": {\"code\": 1},\n\n: comment\nid: 7\ndata: b\n\n  \"x\": []\n}";
  for (const size_t piece_bytes : {stream.size(), size_t{1}, size_t{3}}) {
    Reader reader;
    std::string data;
    const auto add = [&data](const Event& event) { data += event.data; };
    for (size_t at = 0; at < stream.size(); at += piece_bytes) {
      ASSERT_TRUE(reader.push(std::string_view(stream).substr(at, piece_bytes), add));
    }
    reader.end(add);
    EXPECT_EQ(data, "ab");
    EXPECT_EQ(reader.stray_json(), "{\n  \"error\": {\"code\": 1},\n  \"x\": []\n}\n");
  }
}

TEST(SseReader, TakesAFieldThatIsCutOffInItsNameForNoneBehindThemEither) {
  std::string data;
  const auto add = [&data](const Event& event) { data += event.data; };
  Reader reader;
  ASSERT_TRUE(reader.push("{\"error\"\ndata: two\ndata", add));
  reader.end(add);
  EXPECT_EQ(data, "two");
}

TEST(SseReader, KeepsOnlySoMuchOfThem) {
  Reader reader;
  const auto ignore = [](const Event&) {};
  for (int line = 0; line < 100; ++line) ASSERT_TRUE(reader.push("{" + std::string(1000, 'x') + "\n", ignore));
  EXPECT_LE(reader.stray_json().size(), kErrorBodyBytesMax);
  EXPECT_GT(reader.stray_json().size(), kErrorBodyBytesMax - 2000);
}

TEST(SseReader, TakesAnEventOfTheGreatestSize) {
  const std::string data(kSseEventBytesMax - 6, 'x');
  const std::string stream = "data: " + data + "\n\n";
  for (const size_t piece_bytes : {stream.size(), size_t{1} << 20}) {
    const Reading reading = read_in_pieces(stream, piece_bytes);
    ASSERT_EQ(reading.events.size(), 1U);
    EXPECT_EQ(reading.events[0].data, data);
  }
}

TEST(SseReader, RefusesALineWithoutEnd) {
  const std::string endless(kSseEventBytesMax + 1, 'x');
  for (const size_t piece_bytes : {endless.size(), size_t{1} << 20}) {
    Recorder recorder;
    bool taken = true;
    for (size_t at = 0; at < endless.size(); at += piece_bytes) taken = recorder.push(endless.substr(at, piece_bytes));
    EXPECT_FALSE(taken);
    EXPECT_FALSE(recorder.reader().at_boundary());
    EXPECT_FALSE(recorder.push("\n\ndata: a\n\n"));
    EXPECT_EQ(recorder.end(), Reading{});
  }
}

TEST(SseReader, RefusesAnEventOfEndlesslyManyLines) {
  const std::string line = "data: " + std::string(1 << 20, 'x') + "\n";
  Recorder recorder;
  size_t taken = 0;
  while (taken < 100 && recorder.push(line)) ++taken;
  EXPECT_EQ(taken, kSseEventBytesMax / (1 << 20) - 1);
  EXPECT_EQ(recorder.end(), Reading{});
}

TEST(SseReader, RefusesTheSameEventHoweverItIsCut) {
  const std::string stream = "data: a\n\ndata: " + std::string(kSseEventBytesMax - 5, 'x') + "\n\ndata: b\n\n";
  Recorder whole;
  EXPECT_FALSE(whole.push(stream));
  Recorder pieces;
  bool taken = true;
  for (size_t at = 0; taken; at += 1 << 20) taken = pieces.push(stream.substr(at, 1 << 20));
  EXPECT_EQ(whole.end().events, (std::vector<Seen>{{"message", "a"}}));
  EXPECT_EQ(pieces.end().events, (std::vector<Seen>{{"message", "a"}}));
}

TEST(SseReader, SkipsWhatIsLeftOfAnEventWhenItIsToldTo) {
  const std::string bytes = "event: long\ndata: one\r\ndata: two\n\ndata: three\n\n";
  for (size_t cut = 1; cut < 30; ++cut) {
    Reader reader;
    std::vector<std::string> seen;
    const auto note = [&seen](const Event& event) { seen.emplace_back(event.data); };
    ASSERT_TRUE(reader.push(bytes.substr(0, cut), note));
    reader.skip_event();
    EXPECT_FALSE(reader.at_boundary()) << cut;
    for (const char byte : bytes.substr(cut)) ASSERT_TRUE(reader.push({&byte, 1}, note));
    EXPECT_EQ(seen, std::vector<std::string>{"three"}) << cut;
    EXPECT_TRUE(reader.at_boundary());
  }
}

TEST(SseReader, SkipsNothingAtABoundary) {
  Reader reader;
  std::vector<std::string> seen;
  const auto note = [&seen](const Event& event) { seen.emplace_back(event.data); };
  ASSERT_TRUE(reader.push("data: one\n\n", note));
  reader.skip_event();
  ASSERT_TRUE(reader.push("data: two\n\n", note));
  EXPECT_EQ(seen, (std::vector<std::string>{"one", "two"}));
}

TEST(SseReader, SkipsAnEventThatIsTooLongAndReadsTheNext) {
  const std::string piece(64 * 1024, 'x');
  for (const std::string between : {"", "\ndata: "}) {  // One endless line, and endlessly many.
    Reader reader(Reader::TooLong::kSkip);
    std::vector<std::string> seen;
    const auto note = [&seen](const Event& event) { seen.emplace_back(event.data); };
    ASSERT_TRUE(reader.push("data: ", note));
    for (size_t bytes = 0; bytes <= kSseEventBytesMax; bytes += piece.size()) {
      ASSERT_TRUE(reader.push(piece + between, note));
    }
    ASSERT_TRUE(reader.push("\n\ndata: next\n\n", note));
    EXPECT_EQ(seen, std::vector<std::string>{"next"});
    EXPECT_TRUE(reader.at_boundary());
  }
}

}  // namespace
}  // namespace onellm::sse
