#pragma once
#include "forms/expression_hooks.hpp"
#include "forms/response.hpp"

namespace intake::forms {

/// A response as it is checked and kept: what nobody may change is put back (`with_read_only`),
/// what nobody types is computed (`recompute`); both are told of in its problems.
response settled(questionnaire const&, response sent, expression_hooks const&);

}  // namespace intake::forms
