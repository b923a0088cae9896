#include "forms/settled.hpp"

#include "forms/read_only.hpp"
#include "forms/scoring.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace intake::forms {

response settled(questionnaire const& form, response sent, expression_hooks const& hooks) {
  auto kept = with_read_only(form, std::move(sent.answers), {});
  auto computed = recompute(form, std::move(kept.answers), hooks);
  sent.answers = std::move(computed.answers);
  std::ranges::move(kept.problems, std::back_inserter(sent.problems));
  std::ranges::move(computed.problems, std::back_inserter(sent.problems));
  return sent;
}

}  // namespace intake::forms
