// A dialect that was written from its recipe in ARCHITECTURE.md, and that only tests have, keeps the contract too.
#include <gtest/gtest.h>

#include "contract/contract.h"
#include "support/toy_dialect/dialect.h"

namespace onellm::contract {
namespace {

TEST(ToyDialect, KeepsTheContract) { run_contract(test::toy::dialect(), "toy/contract"); }

}  // namespace
}  // namespace onellm::contract
