#include "service/assets/assets.hpp"

#include "certs/hash_chain.hpp"
#include "service/assets/compression.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr int smallest = 9;

std::string_view content_type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".png")) return "image/png";
  throw std::logic_error("assets: no content type is known for " + std::string(name));
}

std::string hashed_name(asset_store::source const& source) {
  auto const hash = certs::sha256(certs::as_bytes(source.bytes));
  auto const dot = source.name.rfind('.');
  return fmt::format("{}-{:02x}{:02x}{:02x}{:02x}{:02x}{}", source.name.substr(0, dot), hash[0],
                     hash[1], hash[2], hash[3], hash[4], source.name.substr(dot));
}

}  // namespace

asset_store::asset_store(std::span<source const> sources) {
  for (auto const& each : sources) {
    auto name = hashed_name(each);
    urls_.emplace(each.name, "/assets/" + name);
    by_hashed_name_.emplace(
        std::move(name),
        asset{content_type_of(each.name), std::string(each.bytes), gzip(each.bytes, smallest)});
  }
}

std::string const& asset_store::url(std::string_view name) const {
  auto const found = urls_.find(name);
  if (found == urls_.end()) throw std::logic_error("assets: there is no " + std::string(name));
  return found->second;
}

std::string const* asset_store::find_url(std::string_view name) const {
  auto const found = urls_.find(name);
  return found == urls_.end() ? nullptr : &found->second;
}

asset const* asset_store::find(std::string_view hashed) const {
  auto const found = by_hashed_name_.find(hashed);
  return found == by_hashed_name_.end() ? nullptr : &found->second;
}

}  // namespace intake::service
