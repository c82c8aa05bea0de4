#include "chat/owned_event.h"

#include <gtest/gtest.h>

#include "support/transcript.h"

namespace onellm::chat {
namespace {

// Sets every view of an event to a text of its own.
struct Texts {
  std::vector<std::unique_ptr<std::string>> texts;
  std::string_view next() {
    texts.push_back(std::make_unique<std::string>("text " + std::to_string(texts.size())));
    return *texts.back();
  }
};

template <typename Visit>
void each_view(Event& event, EventDetails& details, Visit visit) {
  for (std::string_view* view : {&event.text.text, &event.id.text, &event.name.text, &event.native_finish.text,
                                 &event.delta_extra.text, &event.choice_extra.text, &event.reply_extra.text}) {
    visit(*view);
  }
  details.each_view(visit);
}

TEST(OwnedEvent, HasCopiesOfAllThatTheEventViews) {
  auto texts = std::make_unique<Texts>();
  auto details = std::make_unique<EventDetails>();
  auto usage = std::make_unique<Usage>();
  auto error = std::make_unique<Error>();
  Event event{.kind = EventKind::kFinished, .choice = 3, .finish = FinishReason::kLength};
  event.usage = usage.get();
  event.error = error.get();
  event.details = details.get();
  usage->total_tokens = 7;
  error->message = "broken";
  details->thinking.calls_before = 5;
  each_view(event, *details, [&texts](std::string_view& view) { view = texts->next(); });
  const size_t views = texts->texts.size();

  const OwnedEvent owned(event);
  texts.reset();
  details.reset();
  usage.reset();
  error.reset();

  Event copy = owned.event();
  EventDetails copied_details = *copy.details;
  size_t number = 0;
  each_view(copy, copied_details, [&number](std::string_view& view) {
    EXPECT_EQ(view, "text " + std::to_string(number));
    ++number;
  });
  EXPECT_EQ(number, views);
  EXPECT_EQ(copy.choice, 3U);
  EXPECT_EQ(copy.finish, FinishReason::kLength);
  EXPECT_EQ(copy.usage->total_tokens, 7);
  EXPECT_EQ(copy.error->message, "broken");
  EXPECT_EQ(copied_details.thinking.calls_before, 5U);
}

TEST(OwnedEvent, CopiesWhatExtrasHoldTooOnlyOnce) {
  const std::string extra = R"("signature":")" + std::string(10'000, 's') + '"';
  EventDetails details;
  details.signature = {std::string_view(extra).substr(13, 10'000)};
  const OwnedEvent owned({.kind = EventKind::kToolCallOpened, .details = &details, .delta_extra = {extra}});
  EXPECT_EQ(owned.event().details->signature.text, std::string(10'000, 's'));
  EXPECT_EQ(owned.event().details->signature.text.data(), owned.event().delta_extra.text.data() + 13);
  EXPECT_LT(owned.memory_bytes(), 12'000U);
}

// A view that each_view() leaves out would point to freed memory in a copy.
TEST(EventDetails, NamesEachOfItsViews) {
  EventDetails details;
  size_t views = 0;
  details.each_view([&views](std::string_view&) { ++views; });
  // All members but the numbers, each of which takes a word at most.
  const size_t numbers = 9;  // thinking: 3; thinking_cut; citation: 2; code: 1; characters_before; padding.
  EXPECT_GE(views * sizeof(std::string_view) + numbers * sizeof(int64_t), sizeof(EventDetails));
}

TEST(OwnedEvent, GrowsByTextAndMembersOfTheReply) {
  OwnedEvent owned({.kind = EventKind::kText, .text = {"a"}, .reply_extra = {"\"x\":1"}});
  const size_t before = owned.memory_bytes();
  owned.append_text(std::string(1000, 'b'));
  owned.add_reply_extra({"\"x\":2,\"y\":3"});
  EXPECT_EQ(owned.event().text.text, "a" + std::string(1000, 'b'));
  EXPECT_EQ(owned.event().reply_extra.text, "\"x\":2,\"y\":3");
  EXPECT_GE(owned.memory_bytes(), before + 900);
}

}  // namespace
}  // namespace onellm::chat
