// An addon to be loaded before TensorFlow: keeps it from printing its start-up lines, unless the user has set a level; one line on oneDNN, which does
// not heed the level, remains. JavaScript cannot do this, because `process.env` of a worker thread is a copy that libraries do not see.
#include <cstdlib>
#include <node_api.h>

NAPI_MODULE_INIT() {
  setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0);
  return exports;
}
