#include "tests/agreement/data_question.h"

namespace crenel::agreement {

std::string show(const DataQuestion& question) {
  std::string out = question.who.name;
  if (question.who.kind == DataAsker::Kind::Account) out = "whoever of the account has permission";
  if (question.who.kind == DataAsker::Kind::Anyone) out = "anyone";
  if (question.who.kind == DataAsker::Kind::Event) out = "an event of " + out;
  out += " -> " + question.thing + " : " + question.action;
  if (question.way.plain) out += " without TLS";
  if (question.way.kind == DataWay::Kind::Path) return out + " by " + question.way.name;
  if (question.way.kind == DataWay::Kind::Address) return out + " from " + dotted(question.way.address);
  return out + " over the Internet";
}

}  // namespace crenel::agreement
