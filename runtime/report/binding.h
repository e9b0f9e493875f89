#ifndef GYRE_REPORT_BINDING_H_
#define GYRE_REPORT_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('report'): the diagnostic report behind process.report.
void InitReport(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_REPORT_BINDING_H_
