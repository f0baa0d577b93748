/* Loops of the proof checker over binary64 numbers. Eight functionals ("lanes") of a network's elements go through it side
 * by side, each in a box of its own: the coefficient of lane r on element k is at 8 k + r, the ends of input i at 8 i + r. */
#ifndef ORDAIN_PROOF_KERNELS_H
#define ORDAIN_PROOF_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Elements that read the same columns, which are elements before them: weight[i * columns + j]. */
struct proof_layer {
  int32_t rows, columns;
  int32_t *row, *column;
  double *weight;
};

/* What is put for f(z), z = sum + bias: slope z, or the lanes' lines at a place. A unit of coefficient costs `charge`. */
struct proof_line {
  double slope, bias, charge;
  int64_t place;
};

/* What holds in a box: intervals of z at 2 k, bounds of |f(z)|, and for the elements in `open`, whose z may have either
 * sign, inputs + 1 numbers each for a form of the inputs below z and one below -z, unless forms is null. */
struct proof_level {
  struct proof_layer *layers;
  struct proof_line *lines;
  double *ends, *sizes, *forms;
  int32_t *open;
  int64_t open_count;
};

/* The lanes, and what is the same for all levels. Lines at 40 i: lower slopes, upper slopes, lower offsets, upper offsets,
 * charges; ends of intervals at 16 i and 16 i + 8. Coefficients on other elements than inputs are zero between passes. */
struct proof_work {
  int64_t inputs, floats;
  double gamma;
  double *slopes, *coefficients, *lines, *ends, *lower, *upper, *constants, *slacks, *least, *products;
  int32_t *used;
};

/* layer->weight = the positions of the rows of w, and zeros; sums = sum of |weight| size. */
void proof_gather(const struct proof_layer *layer, int32_t first, const int32_t *position, int64_t count, const double *w,
                  int64_t stride, const double *sizes, double *sums);
/* Ends of open elements in the lanes' boxes, and lines between these ends, from an open element on. */
void proof_ends(const struct proof_level *level, const struct proof_work *work);
void proof_lines(const struct proof_level *level, int64_t first, const struct proof_work *work);
/* Carries functionals of elements of the first layers back to the inputs, with constants lowered for all rounding, and
 * bounds them from below. */
void proof_pass(const struct proof_level *level, int64_t layers, const struct proof_work *work);

#endif
