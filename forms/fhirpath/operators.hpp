#pragma once
#include "forms/fhirpath/evaluator.hpp"

namespace intake::forms::fhirpath {

/// An operator between two expressions.
collection run_operator(evaluation&, ast const&, frame const&);

/// The arithmetic ones, on what their sides gave.
collection arithmetic(evaluation&, ast const&, collection const& left, collection const& right);

}  // namespace intake::forms::fhirpath
