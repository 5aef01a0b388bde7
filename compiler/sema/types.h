#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/design.h"
#include "compiler/sema/elaboration.h"
#include "compiler/sema/value.h"

/// Types of parameters and attributes: what may be written, and what the checked value then is.
namespace crenel::sema {

struct Type {
  enum class Base {
    Any,      ///< whatever it is
    Int,      ///< std::int64_t
    Bool,     ///< bool
    Text,     ///< std::string or Deferred
    Cidr,     ///< net::Prefix or Deferred
    Ip,       ///< net::Address or Deferred
    Service,  ///< net::Traffic
    Image,    ///< std::string or Deferred, as the next two
    Certificate,
    Identity,
    Secret,        ///< Deferred; never known
    Key,           ///< std::string or Deferred
    Duration,      ///< Duration
    Percent,       ///< Percent
    Range,         ///< IntRange; a single number n is written for n..n
    PrefixLength,  ///< PrefixLength
    Words,         ///< Word, one of `words`; of any spelling when `open`
    Label,         ///< Word
    Entity,        ///< EntityRef to one of `kinds`
    Addresses,     ///< AddressBlocks: one or a list of blocks, addresses and `addresses` names
    Space,         ///< net::Prefix or Deferred; or a List of a v4 and a v6 block
    Scale,         ///< IntRange, or Driven over one
    FlowLogs,      ///< bool, or an EntityRef to a store
    List,          ///< List of `element`
  };
  Base base = Base::Any;
  std::optional<IntRange> ints;        ///< of Int, Range
  std::optional<LengthRange> lengths;  ///< of Cidr, PrefixLength
  std::vector<net::Prefix> within;     ///< of Cidr, Ip; empty: anywhere
  std::string within_text;             ///< as written
  std::string pattern;                 ///< of Text: a regular expression for the whole
  std::vector<std::string> words;
  bool open = false;      ///< of Words: any word will do; of Any: a name that nobody declares is a word
  std::string noun;       ///< of open Words: "a stage"
  bool optional = false;  ///< `none` will do
  bool known = false;     ///< cannot be left to deployment
  std::vector<Kind> kinds;
  std::vector<Type> element;  ///< of List: one
};

/// "a whole number from 2 to 6", "an address block of /16 to /20 within 10.0.0.0/8", "a group or site".
[[nodiscard]] std::string describe(const Type& type);
/// "a group", "an appliance".
[[nodiscard]] std::string with_article(Kind kind);
/// What a value is, for a message: "a text", "the block 10.0.0.0/8". Never the text of a text: it could be a secret.
[[nodiscard]] std::string describe(const Value& value);
/// The value as the language writes it: "10.0.0.0/16", "\"text\"". For defaults of parameters and dumps.
[[nodiscard]] std::string to_text(const Value& value);

/// Types whose unbound parameters are left to deployment.
[[nodiscard]] std::optional<model::ParameterKind> deferrable(const Type& type);

[[nodiscard]] Type any_type();
[[nodiscard]] Type bool_type();
[[nodiscard]] Type entity_type(std::vector<Kind> kinds);
[[nodiscard]] std::optional<Kind> kind_of_keyword(std::string_view word);

/// Why a known value does not lie within a type's bounds, as the end of "X is not …"; nothing when it does.
[[nodiscard]] std::optional<std::string> bound_broken(const Type& type, const Value& value);
/// Whether every value that the parameter may be given lies within the type's bounds.
[[nodiscard]] bool implies(const model::Parameter& parameter, const Type& type);
/// Whether the whole text matches; a bad expression matches nothing.
[[nodiscard]] bool matches(const std::string& pattern, const std::string& text);
/// Why a regular expression is none, or nothing.
[[nodiscard]] std::optional<std::string> regex_fault(const std::string& pattern);

}  // namespace crenel::sema
