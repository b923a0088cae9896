#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/fields.hpp"
#include "service/http/response.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace intake::service::fhir {

/// Which part of the matches an answer holds: `_count` entries (R4 3.1.1.5.3) after `_offset`,
/// which is ours and stands in the links that we write.
struct page_asked {
  std::size_t count;
  std::size_t offset = 0;
};

/// Empty where `_count` or `_offset` is no whole number.
std::optional<page_asked> read_page(std::span<form_field const> query);

/// Parameters that change how an answer looks, not what is in it: _count, _format, lang and so on.
bool shapes_only(std::string_view parameter);

/// A search by one parameter that must be there.
struct single_search {
  form_field asked;
  page_asked page;
};
/// `known` are the parameters that may be it; `sentence` is what a client hears who sends none,
/// several or another. A refusal is a 400.
std::variant<single_search, response> read_single_search(call const&,
                                                         std::span<std::string_view const> known,
                                                         std::string_view sentence);

/// One match: where it is read, and its JSON.
struct search_match {
  std::string id;
  std::string resource;
};

/// A Bundle of type searchset with the page asked for, its total and the links self and next
/// (http://hl7.org/fhir/R4/bundle.html#searchset). `matches` are all of them.
response search_set(application const&, call const&, std::string_view type,
                    std::span<search_match const> matches, page_asked const&);

}  // namespace intake::service::fhir
