#include "service/clinic_look.hpp"

#include "service/files.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr double contrast_min = 4.5;
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

std::string css_of(std::string const& written) {
  auto const colour = read_colour(written);
  if (!colour) {
    throw std::runtime_error("[clinic] colour is not written as #rrggbb, for example #0b5a5e");
  }
  auto const contrast = 1.05 / (luminance(*colour) + 0.05);
  if (contrast < contrast_min) {
    throw std::runtime_error(
        fmt::format("[clinic] colour has a contrast of {:.1f} to white; text of it needs 4.5 to be "
                    "read: choose a darker one",
                    contrast));
  }
  return fmt::format(
      ":root{{--govuk-brand-colour:{0};--govuk-link-colour:{0};--govuk-link-hover-colour:{1};"
      "--govuk-success-colour:{0}}}\n",
      written, darker(*colour));
}

clinic_look::picture logo_of(std::string const& path) {
  auto bytes = read_file(path);
  if (bytes.size() > logo_bytes_max) {
    throw std::runtime_error(
        fmt::format("[clinic] logo_file is larger than {} KiB: every patient would wait for it",
                    logo_bytes_max / 1024));
  }
  if (bytes.starts_with(png_begin)) return {"logo.png", std::move(bytes)};
  if (bytes.find("<svg") != std::string::npos) return {"logo.svg", std::move(bytes)};
  throw std::runtime_error("[clinic] logo_file is neither SVG nor PNG");
}

}  // namespace

clinic_look read_clinic_look(config const& settings) {
  clinic_look look;
  if (!settings.clinic_colour.empty()) look.css = css_of(settings.clinic_colour);
  if (!settings.clinic_logo_file.empty()) look.logo = logo_of(settings.clinic_logo_file);
  return look;
}

}  // namespace intake::service
