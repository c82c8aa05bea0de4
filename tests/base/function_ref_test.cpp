#include "base/function_ref.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace onellm {
namespace {

int apply(FunctionRef<int(int)> function, int argument) { return function(argument); }

TEST(FunctionRef, CallsWhatItRefersTo) {
  int calls = 0;
  const auto count_and_double = [&](int n) { return ++calls, n * 2; };
  EXPECT_EQ(apply(count_and_double, 4), 8);
  EXPECT_EQ(apply([](int n) { return n + 1; }, 4), 5);
  EXPECT_EQ(calls, 1);
}

TEST(FunctionRef, CallsTheObjectItselfNotACopy) {
  struct Counter {
    int calls = 0;
    int operator()(int n) { return calls += n; }
  };
  Counter counter;
  apply(counter, 2);
  apply(counter, 3);
  EXPECT_EQ(counter.calls, 5);
}

TEST(FunctionRef, RefersToTheSameAfterBeingCopied) {
  int calls = 0;
  const auto count = [&](int n) { return calls += n; };
  const FunctionRef<int(int)> first(count);
  const FunctionRef<int(int)> second = first;
  EXPECT_EQ(apply(second, 3), 3);
  EXPECT_EQ(calls, 3);
}

TEST(FunctionRef, ForwardsReferencesAndWhatCanOnlyBeMoved) {
  std::string text = "a";
  const auto append = [](std::string& out, std::unique_ptr<int> number) { out += std::to_string(*number); };
  const FunctionRef<void(std::string&, std::unique_ptr<int>)> reference(append);
  reference(text, std::make_unique<int>(7));
  EXPECT_EQ(text, "a7");
}

}  // namespace
}  // namespace onellm
