/* Loops of the proof checker over binary64 numbers. Some functionals ("lanes") of a network's elements go through it side by
 * side, each in a box of its own: what lane r has for element or input k is at proof_lanes k + r. */
#ifndef ORDAIN_PROOF_KERNELS_H
#define ORDAIN_PROOF_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum { proof_lanes = 16 };

/* Elements that read the same columns, which are elements before them: weight[i * columns + j]. */
struct proof_layer {
  int32_t rows, columns;
  int32_t *row, *column;
  double *weight;
};

/* What is put for f(z), z = sum + bias: the lower or the upper of two lines. A unit of coefficient on f(z) costs `charge`, on
 * the sum `sum_charge`. Lanes in smaller boxes have lines of their own, at a place, if it is not negative. */
struct proof_line {
  double lower_slope, upper_slope, lower_offset, upper_offset, charge, bias, sum_charge;
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

/* The lanes, and what is the same for all levels. For each open element there are lower slopes, upper slopes, lower offsets,
 * upper offsets and charges in `lines`, and both ends in `ends`. Coefficients are zero between passes, but of inputs. */
struct proof_work {
  int64_t inputs, floats;
  double gamma;
  double *slopes, *coefficients, *lines, *ends, *lower, *upper, *constants, *slacks, *least, *products;
  int32_t *used;
};

/* layer->weight = the positions of the rows of w, and zeros; sums = sum of |weight| size. */
void proof_gather(const struct proof_layer *layer, int32_t first, const int32_t *position, int64_t count, const double *w,
                  int64_t stride, const double *sizes, double *sums);
/* Ends of open elements in the lanes' boxes, and lines between these ends, from an open element on; the level's lines, too,
 * are to be those of the first lane if `keeps`. */
void proof_ends(const struct proof_level *level, const struct proof_work *work);
void proof_lines(const struct proof_level *level, int64_t first, int keeps, const struct proof_work *work);
/* Carries functionals of elements of the first layers back to the inputs, with constants lowered for all rounding, and
 * bounds them from below; by the lanes' lines if `each`, else by the level's. */
void proof_pass(const struct proof_level *level, int64_t layers, int each, const struct proof_work *work);

#endif
