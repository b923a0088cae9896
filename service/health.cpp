#include "service/health.hpp"

#include "service/responses.hpp"

namespace intake::service {

response healthz(application&, call const&) {
  return plain_response(200, "ok\n");
}

response readyz(application& app, call const&) {
  if (app.draining) return plain_response(503, "stopping\n");
  if (!app.writer.counts().trouble.empty() || !app.desk.reachable())
    return plain_response(503, "database\n");
  return plain_response(200, "ready\n");
}

}  // namespace intake::service
