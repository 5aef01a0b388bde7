#include "compiler/driver/recording_file_system.h"

#include "compiler/base/fingerprint.h"

namespace crenel::driver {

base::ReadResult RecordingFileSystem::read(const std::string& path, std::size_t max_bytes) const {
  base::ReadResult result = files_.read(path, max_bytes);
  const auto* text = std::get_if<std::string>(&result);
  if (text != nullptr && known_.insert(path).second) reads_.push_back({.path = path, .sha256 = base::sha256(*text)});
  return result;
}

}  // namespace crenel::driver
