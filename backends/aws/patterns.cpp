#include "backends/aws/patterns.h"

#include <algorithm>
#include <map>
#include <set>

namespace crenel::aws {
namespace {

constexpr int kOctets = 4;

std::string one_of(const std::vector<std::string>& alternatives) {
  if (alternatives.size() == 1) return alternatives.front();
  std::string out;
  for (const std::string& alternative : alternatives) out += (out.empty() ? "(?:" : "|") + alternative;
  return out + ")";
}

/// "3", "[0-4]", "[02468]".
std::string digits_pattern(const std::set<int>& digits) {
  if (digits.size() == 1) return std::to_string(*digits.begin());
  std::string out = "[";
  for (auto digit = digits.begin(); digit != digits.end();) {
    auto last = digit;
    while (std::next(last) != digits.end() && *std::next(last) == *last + 1) ++last;
    const bool range = *last - *digit >= 2;
    out += std::to_string(*digit);
    if (range) out += "-";
    if (last != digit) out += std::to_string(*last);
    digit = std::next(last);
  }
  return out + "]";
}

/// The values that octet `index` takes in the blocks of `length` bits inside `within`.
std::vector<int> octet_values(const net::Prefix& within, int length, int index) {
  const int base = static_cast<int>((within.address.bits >> (24 - 8 * index)) & 0xFFU);
  const int fixed = std::clamp(within.length - 8 * index, 0, 8);
  const int named = std::clamp(length - 8 * index, 0, 8);
  if (named <= fixed) return {base};
  std::vector<int> values;
  for (int value = base; value < base + (1 << (8 - fixed)); value += 1 << (8 - named)) values.push_back(value);
  return values;
}

/// From octet `index` on, for the lengths that end in it or later.
std::string blocks_from(const net::Prefix& within, int shortest, int longest, int index) {
  std::vector<std::string> alternatives;
  for (int length = shortest; length <= std::min(longest, 8 * (index + 1)); ++length) {
    std::string one = numbers_pattern(octet_values(within, length, index));
    for (int rest = index + 1; rest < kOctets; ++rest) one += "\\.0";
    alternatives.push_back(one + "/" + std::to_string(length));
  }
  const int next = 8 * (index + 1) + 1;
  if (longest >= next) {
    alternatives.push_back(numbers_pattern(octet_values(within, 32, index)) + "\\." +
                           blocks_from(within, std::max(shortest, next), longest, index + 1));
  }
  return one_of(alternatives);
}

std::vector<net::Prefix> within_of(const model::Parameter& parameter) {
  std::vector<net::Prefix> blocks;
  for (const net::Prefix& block : parameter.within) {
    if (block.address.family == net::Family::V4) blocks.push_back(block);
  }
  if (blocks.empty()) blocks.push_back(net::whole(net::Family::V4));
  return blocks;
}

}  // namespace

std::string numbers_pattern(const std::vector<int>& numbers) {
  // Numbers with the same last digits share an alternative: what comes before is a shorter list of the same kind.
  std::map<int, std::set<int>> last_digits;
  for (const int number : numbers) last_digits[number / 10].insert(number % 10);
  std::map<std::set<int>, std::vector<int>> heads;
  for (const auto& [head, digits] : last_digits) heads[digits].push_back(head);
  std::vector<std::string> alternatives;
  for (auto& [digits, list] : heads) {
    if (list.front() == 0) {
      alternatives.push_back(digits_pattern(digits));
      list.erase(list.begin());
    }
    if (!list.empty()) alternatives.push_back(numbers_pattern(list) + digits_pattern(digits));
  }
  return one_of(alternatives);
}

std::string block_pattern(const model::Parameter& parameter) {
  std::vector<std::string> alternatives;
  for (const net::Prefix& within : within_of(parameter)) {
    const int shortest = std::max(parameter.shortest, within.length);
    if (shortest <= parameter.longest) alternatives.push_back(blocks_from(within, shortest, parameter.longest, 0));
  }
  // Bounds that nothing meets are the language's error; here they admit nothing.
  return "^" + (alternatives.empty() ? std::string("(?!)") : one_of(alternatives)) + "$";
}

std::string address_pattern(const model::Parameter& parameter) {
  std::vector<std::string> alternatives;
  for (const net::Prefix& within : within_of(parameter)) {
    std::string one;
    for (int index = 0; index < kOctets; ++index) {
      one += (index == 0 ? "" : "\\.") + numbers_pattern(octet_values(within, 32, index));
    }
    alternatives.push_back(std::move(one));
  }
  return "^" + one_of(alternatives) + "$";
}

}  // namespace crenel::aws
