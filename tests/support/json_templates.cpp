#define ONELLM_INSTANTIATE template
#include "support/json_templates.h"
