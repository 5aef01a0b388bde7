#pragma once

#include <string>
#include <vector>

/// Holds a certificate against its template with a reading of its own: it shares no code with what made either, and
/// with the proof nothing at all.
namespace crenel::checker {

/// What is wrong, one sentence each; nothing when the certificate is borne out:
/// - it is about these very bytes, says that they were proved equal, and has every rule that they have, as they have
/// it;
/// - between every two things it admits exactly what flows declare, and every flow is let through by places of the
///   template that are there, allow, match all of its packets and come before every denial of them to everybody;
/// - the same of data actions, by the statements that grant them (`check_data`);
/// - every opening of the template is there for a flow or accounted for, and on Azure every list is closed at its end.
[[nodiscard]] std::vector<std::string> check(const std::string& template_text, const std::string& certificate_text);

}  // namespace crenel::checker
