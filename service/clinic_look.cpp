#include "service/clinic_look.hpp"

#include "service/files.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr double contrast_min = 4.5;
constexpr std::string_view style_sheet = "intake.css";
constexpr std::string_view png_begin = "\x89PNG\r\n\x1a\n";

using rgb = std::array<int, 3>;

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<rgb> read_colour(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  rgb colour{};
  for (std::size_t i = 0; i < 3; ++i) {
    auto const high = hex_digit(text[1 + 2 * i]);
    auto const low = hex_digit(text[2 + 2 * i]);
    if (!high || !low) return std::nullopt;
    colour[i] = *high * 16 + *low;
  }
  return colour;
}

/// WCAG 2.2, relative luminance.
double luminance(rgb const& colour) {
  constexpr std::array weights{0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    double const part = colour[i] / 255.0;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

std::string darker(rgb const& colour) {
  auto const part = [&](std::size_t i) { return colour[i] * 3 / 5; };
  return fmt::format("#{:02x}{:02x}{:02x}", part(0), part(1), part(2));
}

void refuse(std::string_view key, std::string const& why) {
  if (!why.empty()) throw std::runtime_error("[clinic] " + std::string(key) + " " + why);
}

}  // namespace

std::string why_unfit_colour(std::string_view written) {
  if (written.empty()) return {};
  auto const colour = read_colour(written);
  if (!colour) return "is not written as #rrggbb, for example #0b5a5e";
  auto const contrast = 1.05 / (luminance(*colour) + 0.05);
  if (contrast >= contrast_min) return {};
  return fmt::format(
      "has a contrast of {:.1f} to white; text of it needs 4.5 to be read: choose a darker one",
      contrast);
}

std::string why_unfit_logo(std::string_view bytes) {
  if (bytes.size() > logo_bytes_max) {
    return fmt::format("is larger than {} KiB: every patient would wait for it",
                       logo_bytes_max / 1024);
  }
  bool const is_known = bytes.starts_with(png_begin) || bytes.find("<svg") != bytes.npos;
  return is_known ? "" : "is neither SVG nor PNG";
}

std::string css_of_colour(std::string_view written) {
  auto const colour = read_colour(written);
  if (!colour) return {};
  return fmt::format(
      ":root{{--govuk-brand-colour:{0};--govuk-link-colour:{0};--govuk-link-hover-colour:{1};"
      "--govuk-success-colour:{0}}}\n",
      written, darker(*colour));
}

clinic_look::picture logo_of(std::string bytes) {
  auto const* const name = bytes.starts_with(png_begin) ? "logo.png" : "logo.svg";
  return {name, std::move(bytes)};
}

clinic_look read_clinic_look(config const& settings) {
  clinic_look look;
  refuse("colour", why_unfit_colour(settings.clinic_colour));
  look.css = css_of_colour(settings.clinic_colour);
  if (settings.clinic_logo_file.empty()) return look;
  auto bytes = read_file(settings.clinic_logo_file);
  refuse("logo_file", why_unfit_logo(bytes));
  look.logo = logo_of(std::move(bytes));
  return look;
}

asset_store styled_assets(std::span<asset_store::source const> plain, clinic_look const& look) {
  std::vector<asset_store::source> sources(plain.begin(), plain.end());
  std::string style;
  for (auto& each : sources) {
    if (each.name != style_sheet) continue;
    style = std::string(each.bytes) + look.css;
    each.bytes = style;
  }
  if (look.logo) sources.push_back({look.logo->name, look.logo->bytes});
  return asset_store(sources);
}

}  // namespace intake::service
