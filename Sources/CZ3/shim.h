#ifndef ORDAIN_CZ3_SHIM_H
#define ORDAIN_CZ3_SHIM_H
#include <z3.h>
#endif
