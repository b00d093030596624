#pragma once

#include <string>

namespace mailtrail {

// Names the calling thread for ps, gdb and perf. At most 15 characters; longer names are cut.
void NameThisThread(const std::string& name);

}  // namespace mailtrail
