// Chooses the table of models in which a name is looked up. The tables are in rows/, a file a maker.
#include "models/contract.h"
#include "models/names.h"
#include "models/rows/row.h"

namespace onellm::models {

const Contract& contract_of(Maker maker, std::string_view model) {
  const Name name = read_name(maker, model);
  switch (maker) {
    case Maker::kNone: return hosted_contract(name);
    case Maker::kOpenAi: return openai_contract(name);
    case Maker::kAnthropic: return claude_contract(name);
    case Maker::kGoogle: return google_contract(name);
    case Maker::kMoonshot: return moonshot_contract(name);
  }
  return kUnknown;
}

}  // namespace onellm::models
