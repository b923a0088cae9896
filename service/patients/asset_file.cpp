#include "service/assets/compression.hpp"
#include "service/dispatch.hpp"
#include "service/patients/patients.hpp"

namespace intake::service::patients {

response asset_file(application& app, call const& c) {
  auto const* const found = app.assets.find(c.path["name"]);
  if (found == nullptr) return refuse(app, 404, "There is no such file.", &c.asked);
  response made{.status = 200,
                .fields = {{"content-type", std::string(found->content_type)},
                           // The name holds a hash of the bytes, so they can never change under it.
                           {"cache-control", "public, max-age=31536000, immutable"},
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
