#include "service/application.hpp"

namespace intake::service {
namespace {

application made_of(application const& a, db::pool& rows, changeable const& now) {
  return {now.settings, a.world,   a.log,    now.forms,  a.rules,  a.keys,      a.keks,
          a.writer,     rows,      a.portal, a.clients,  a.limits, a.passwords, a.pages,
          a.words,      a.offered, a.clock,  now.assets, a.drawer, now.places,  a.copies,
          a.images,     now.set,   a.live,   a.draining};
}

}  // namespace

application seen_with(application const& a, changeable const& now) {
  return made_of(a, a.desk, now);
}

application seen_with(application const& a, db::pool& rows) {
  return made_of(a, rows, {a.settings, a.forms, a.assets, a.places, a.set});
}

}  // namespace intake::service
