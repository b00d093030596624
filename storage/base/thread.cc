#include "storage/base/thread.h"

#include <pthread.h>

namespace mailtrail {

void NameThisThread(const std::string& name) {
  constexpr std::size_t kNameBytesMax = 15;  // The kernel's limit, without the final zero.
  // Fails only for longer names; a thread without a name is no reason to stop.
  pthread_setname_np(pthread_self(), name.substr(0, kNameBytesMax).c_str());
}

}  // namespace mailtrail
