// The replies of the contract: what events a dialect makes of a provider's bytes, however they are cut.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "contract/fixture.h"
#include "dialects/dialect.h"
#include "support/every_cut.h"

namespace onellm::contract {

inline dialects::ReplyContext asked() { return {.model = "asked-model", .text_tool = "", .seed = "chatcmpl-1"}; }

// Expects that the events keep their order and show the case.
inline void expect_facts(const Case& wanted, const Facts& facts) {
  EXPECT_TRUE(facts.has_ended()) << "it has no end";
  EXPECT_EQ(facts.disorder, "");
  if (wanted.problem_of == nullptr) return;
  EXPECT_EQ(wanted.problem_of(facts), "");
}

inline Facts read_reply(const dialects::Dialect& dialect, std::string_view body) {
  Facts facts;
  dialect.decode_reply(body, asked(), facts);
  return facts;
}

inline void check_reply(const dialects::Dialect& dialect, const Case& wanted, const Fixture& fixture) {
  const std::string body = fixture.text("reply");
  const Facts whole = read_reply(dialect, body);
  EXPECT_EQ(whole.transcript(), fixture.stream("answer"));
  expect_facts(wanted, whole);
  for (size_t bytes = 0; bytes < body.size(); ++bytes) {
    const Facts cut = read_reply(dialect, std::string_view(body).substr(0, bytes));
    ASSERT_TRUE(cut.failed && !cut.completed) << "cut at byte " << bytes;
    ASSERT_EQ(cut.disorder, "") << "cut at byte " << bytes;
  }
}

inline Facts read_stream(const dialects::Dialect& dialect, const test::Pieces& pieces) {
  Facts facts;
  const auto decoder = dialect.make_stream_decoder(asked());
  for (const std::string_view piece : pieces) decoder->push(piece, facts);
  decoder->end(facts);
  return facts;
}

inline bool is_event_stream(std::string_view stream) {
  return stream.starts_with("data:") || stream.starts_with("event:");
}

// A stream that breaks off has one end, and its text is the beginning of the whole text.
inline void expect_a_clean_end_for_every_cut(const dialects::Dialect& dialect, std::string_view stream,
                                             const Facts& whole) {
  const Error reason{.kind = ErrorKind::kUpstreamCut, .message = "It broke."};
  for (size_t bytes = 0; bytes < stream.size(); ++bytes) {
    Facts cut;
    const auto decoder = dialect.make_stream_decoder(asked());
    decoder->push(stream.substr(0, bytes), cut);
    decoder->cut(reason, cut);
    ASSERT_TRUE(cut.has_ended()) << "cut at byte " << bytes;
    ASSERT_EQ(cut.disorder, "") << "cut at byte " << bytes;
    ASSERT_TRUE(whole.text.starts_with(cut.text)) << "cut at byte " << bytes << ": " << cut.text;
  }
}

inline void check_stream(const dialects::Dialect& dialect, const Case& wanted, const Fixture& fixture) {
  const std::string stream = fixture.stream("stream");
  const Facts whole = read_stream(dialect, {stream});
  EXPECT_EQ(whole.transcript(), fixture.stream("events"));
  expect_facts(wanted, whole);
  const auto lines_of = [&dialect](const test::Pieces& pieces) { return read_stream(dialect, pieces).lines; };
  if (is_event_stream(stream)) {
    test::expect_same_for_every_cut(stream, lines_of);
  } else {
    for (size_t bytes = 1; bytes < stream.size(); ++bytes) {
      const std::string_view text = stream;
      ASSERT_EQ(lines_of({text.substr(0, bytes), text.substr(bytes)}), whole.lines) << "cut at byte " << bytes;
    }
    EXPECT_EQ(lines_of(test::pieces_of(stream, 1)), whole.lines);
  }
  expect_a_clean_end_for_every_cut(dialect, stream, whole);
}

inline void check_error(const dialects::Dialect& dialect, const Fixture& fixture) {
  const std::string body = fixture.text("body");
  const int status = std::atoi(fixture.text("status").c_str());
  const Error error = dialect.decode_error(status, body, asked());
  EXPECT_EQ(test::describe(error), fixture.text("error"));
  EXPECT_EQ(error.kind, ErrorKind::kUpstreamRefused);
  EXPECT_EQ(error.upstream_status, status);
  for (size_t bytes = 0; bytes < body.size(); ++bytes) {
    const Error cut = dialect.decode_error(status, std::string_view(body).substr(0, bytes), asked());
    ASSERT_EQ(cut.upstream_status, status) << "cut at byte " << bytes;
    ASSERT_FALSE(cut.message.empty()) << "cut at byte " << bytes;
  }
}

}  // namespace onellm::contract
