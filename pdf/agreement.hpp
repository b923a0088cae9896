#pragma once
#include "forms/answers.hpp"
#include "pdf/form_copy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// How a text was signed. A clinic's form without signature components is answered, not signed.
enum class signing : std::uint8_t { by_hand, typed, not_signed, no_signature_asked };

/// Looks below one occurrence of a group that asks for a signature.
signing signing_of(forms::questionnaire const&, forms::item const& group,
                   std::vector<forms::answered_item> const& inside);

/// In words; empty where no signature is asked.
std::string signing_text(signing, copy_words const&);

/// How staff settled that a group was not signed; null: they did not.
copy_settlement const* settlement_of(copy_facts const&, forms::item const& group);

/// Who signs a form is asked once in it.
inline constexpr std::string_view signer_name_id = "consent.signer.name";
inline constexpr std::string_view signer_relation_id = "consent.signer.relation";

}  // namespace intake::pdf
