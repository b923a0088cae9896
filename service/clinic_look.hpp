#pragma once
#include "service/assets/assets.hpp"
#include "service/config.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// How a clinic's pages look its own: `[clinic] colour` and `[clinic] logo_file`, or what a manager
/// has set in their place.
namespace intake::service {

/// A first visit may cost 60 KiB over the line, and a logo is on every page.
inline constexpr std::size_t logo_bytes_max = 16 * 1024;

struct clinic_look {
  /// Rules that follow the style sheet's own; empty: the program's colours stay.
  std::string css;
  /// "logo.svg" or "logo.png", and what is in it; nothing: the name alone stands on top.
  struct picture {
    std::string name;
    std::string bytes;
  };
  std::optional<picture> logo;
};

/// What is wrong with a colour or a picture, to follow "the colour" or "the logo"; empty: nothing.
/// No colour at all is good.
std::string why_unfit_colour(std::string_view written);
std::string why_unfit_logo(std::string_view bytes);

/// Of what is fit.
std::string css_of_colour(std::string_view written);
clinic_look::picture logo_of(std::string bytes);

/// Throws std::runtime_error with a sentence: the colour is none, or too light to be read on white
/// (WCAG 2.2, 1.4.3: 4.5 to 1); the logo can't be read, is no SVG or PNG, or too large.
clinic_look read_clinic_look(config const&);

/// The program's own files in the clinic's colour, with its logo.
asset_store styled_assets(std::span<asset_store::source const> plain, clinic_look const&);

}  // namespace intake::service
