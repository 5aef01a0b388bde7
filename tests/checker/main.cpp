#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "tests/checker/checker.h"

namespace {

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

/// crenel_checker TEMPLATE CERTIFICATE: exit status 0 when the certificate is borne out, 1 when it is not, with why.
int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: crenel_checker TEMPLATE CERTIFICATE\n";
    return 2;
  }
  const auto faults = crenel::checker::check(read(argv[1]), read(argv[2]));
  for (const std::string& fault : faults) std::cout << argv[1] << ": " << fault << "\n";
  if (faults.empty()) std::cout << argv[1] << ": borne out\n";
  return faults.empty() ? 0 : 1;
}
