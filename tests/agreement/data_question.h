#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/agreement/packet.h"

/// Who may do what with which service, coming by which way: the questions that the interpreters of both providers'
/// templates answer about data, as those in `packet.h` are about packets. Nothing here, and nothing in the
/// interpreters, is shared with the compiler: an error there must not hide here.
namespace crenel::agreement {

/// A service that holds or does something: what a data action is done with.
struct DataThing {
  std::string kind;  ///< the language's word: "store", "queue", "topic", "table", "vault", "function", "group"
  std::string name;  ///< the resource's: the logical id on AWS, the resource name on Azure; unique among the things
  /// The name of what was declared, as far as the resource's name tells ("ShopInbox" of "ShopInboxBucket"); for what is
  /// made elsewhere the ARN or resource ID that the template names it by, or the name of the parameter that holds it.
  /// A thing of several resources (a queue with its dead letters, a vault's key and secret) has one stem.
  std::string stem;
  bool elsewhere = false;  ///< the template names it and does not make it
};

/// Somebody who asks.
struct DataAsker {
  enum class Kind {
    Program,  ///< hosts of a group, or a function, with everything that acts for them; `name` is its resource
    Named,    ///< an identity that is made elsewhere: an ARN, a principal's id, the name of a parameter
    Event,    ///< the provider itself, when something comes into the thing that `name` is
    Account,  ///< whoever of the account or subscription has by policies of his own every permission that counts
    Anyone,   ///< without saying who it is
  };
  Kind kind = Kind::Anyone;
  std::string name;
  std::string stem;  ///< of a program, as `DataThing::stem`
};

/// How a request comes.
struct DataWay {
  enum class Kind {
    Internet,  ///< from an address that no policy names, and over no private path
    Address,   ///< over the Internet, from `address`
    Path,      ///< over the private path whose resource `name` is
  };
  Kind kind = Kind::Internet;
  std::string name;
  std::string stem;  ///< of a path, as `DataThing::stem`
  Ip address = 0;
  bool plain = false;  ///< without TLS
};

struct DataQuestion {
  DataAsker who;
  std::string action;  ///< the language's word: "read", "send"; "administer" changes the thing or who may use it
  std::string thing;   ///< `DataThing::name`
  DataWay way;
};

enum class Says { No, Unknown, Yes };

/// What of an action a template admits: it is admitted when one of the provider's operations that come to it, or to a
/// part of it, is; it works when all that it takes are.
struct DataAnswer {
  Says admitted = Says::No;  ///< by every policy that is asked, wherever packets go
  Says works = Says::No;     ///< by every policy, with all that the action takes
  Says arrives =
      Says::Yes;    ///< packets of who asks get to the service by this way; of a program only, which has to run
  std::string why;  ///< of an Unknown
};

/// A template as the provider would read it, for one value of each parameter.
struct DataInterpreter {
  std::vector<DataThing> things;
  std::vector<DataAsker> askers;  ///< every one that it tells apart
  std::vector<DataWay> ways;      ///< every one that it tells apart: the Internet first
  std::function<std::vector<std::string>(const DataThing&)> actions;  ///< that are done with such a thing
  std::function<DataAnswer(const DataQuestion&)> answer;
};

/// "ShopWriter -> ShopInboxBucket : read by ShopPathS3Endpoint"
[[nodiscard]] std::string show(const DataQuestion& question);

}  // namespace crenel::agreement
