#pragma once

#include "tests/tidy/tree.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>

/// Each rule reads a tree and returns every place that breaks it; tests/tidy/law_test.cpp holds
/// them against this checkout, tests/tidy/rules_test.cpp proves each with a planted breach.
namespace intake::tidy {

// include_rules.cpp: who may include whom
breaches folders_include_downwards(tree const&);
breaches libraries_stay_home(tree const&);
breaches includes_resolve(tree const&);
breaches sources_include_their_header_first(tree const&);
breaches headers_say_pragma_once(tree const&);
breaches headers_are_used(tree const&);
breaches libraries_have_a_package(tree const&);

// size_rules.cpp: what fits into a head
breaches files_stay_short(tree const&);
breaches functions_stay_short(tree const&);
breaches lines_stay_short(tree const&);
breaches medians_stay_low(tree const&);

// unity_rules.cpp: what sources that are compiled as one may not do to each other
breaches templates_share_no_name(tree const&);

// word_rules.cpp: what is not written
breaches sources_avoid_banned_words(tree const&);
breaches texts_claim_nothing(tree const&);
breaches paths_are_of_no_machine(tree const&);

// layout_rules.cpp: where things lie
breaches top_level_is_exact(tree const&);
breaches templates_escape(tree const&);
breaches messages_exist_in_all_languages(tree const&);
breaches lock_files_name_no_host(tree const&);

// command_rules.cpp: what the texts tell people to type
breaches scripts_in_texts_exist(tree const&);
/// `knows` says whether `intake WORD...` is a subcommand.
breaches subcommands_in_texts_exist(tree const&,
                                    std::function<bool(std::string const&)> const& knows);

/// `settings` is what `intake config print` says: each of its keys stands in deploy/README.md.
breaches settings_are_explained(tree const&, std::string_view settings);

// build_rules.cpp: what the build left behind
/// `compiled` holds the paths of compile_commands.json, relative to the top.
breaches sources_are_compiled(tree const&, std::set<std::string> const& compiled);
/// `ninja_log` is the text of .ninja_log, `seconds_max` the longest that one translation unit may
/// take.
breaches units_compile_fast(std::string_view ninja_log, int seconds_max);

}  // namespace intake::tidy
