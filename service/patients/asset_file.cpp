#include "service/assets/compression.hpp"
#include "service/dispatch.hpp"
#include "service/patients/patients.hpp"

#include <algorithm>
#include <array>

namespace intake::service::patients {
namespace {

/// What managers change. A page of another instance may be some seconds newer than we are, one that
/// lies in a browser older: what holds here is better than a page without style.
asset const* found_by_plain_name(application const& app, std::string_view hashed) {
  constexpr std::array<std::string_view, 3> changeable{"intake.css", "logo.svg", "logo.png"};
  auto const dash = hashed.find('-');
  auto const dot = hashed.rfind('.');
  if (dash == hashed.npos || dot == hashed.npos || dot < dash) return nullptr;
  auto const plain = std::string(hashed.substr(0, dash)) + std::string(hashed.substr(dot));
  if (std::ranges::find(changeable, plain) == changeable.end()) return nullptr;
  auto const* const url = app.assets.find_url(plain);
  return url == nullptr ? nullptr : app.assets.find(url->substr(url->rfind('/') + 1));
}

}  // namespace

response asset_file(application& app, call const& c) {
  auto const* const exact = app.assets.find(c.path["name"]);
  auto const* const found = exact ? exact : found_by_plain_name(app, c.path["name"]);
  if (found == nullptr) return refuse(app, 404, "There is no such file.", &c.asked);
  // The name holds a hash of the bytes, so they can never change under it.
  auto const* const kept = exact ? "public, max-age=31536000, immutable" : "no-store";
  response made{.status = 200,
                .fields = {{"content-type", std::string(found->content_type)},
                           {"cache-control", kept},
                           {"vary", "accept-encoding"}},
                .body = {}};
  if (takes_gzip(c.asked)) {
    made.fields.push_back({"content-encoding", "gzip"});
    made.body = found->gzipped;
  } else {
    made.body = found->bytes;
  }
  return made;
}

}  // namespace intake::service::patients
