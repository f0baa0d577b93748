/* See proof_kernels.h: compiled for AVX-512, AVX2 with FMA and any processor, from one text; the same bits everywhere. */
#include "proof_kernels.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"

typedef double lanes __attribute__((vector_size(8 * proof_lanes), aligned(8), may_alias));
typedef int64_t bits __attribute__((vector_size(8 * proof_lanes)));

#if defined(__x86_64__)
#define KERNEL __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define KERNEL
#endif

/* Macros, as vectors are passed to no function that is compiled for any processor. */
#define AT(p) (*(lanes *)(p))
#define L proof_lanes
#define ALL(x) ((lanes){(x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x)})
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define SIZE(a) __builtin_elementwise_abs(a)
#define PICK(m, a, b) ((lanes)(((m) & (bits)(a)) | (~(m) & (bits)(b))))
/* b where one is no number. */
#define LARGER(a, b) PICK((a) > (b), a, b)

KERNEL void proof_gather(const struct proof_layer *layer, int32_t first, const int32_t *position, int64_t count,
                         const double *w, int64_t stride, const double *sizes, double *sums) {
  for (int64_t i = 0; i < layer->rows; i++) {
    const double *from = w + (layer->row[i] - first) * stride;
    double *to = layer->weight + i * layer->columns, sum = 0;
    for (int64_t j = 0; j < count; j++) {
      to[j] = from[position[j]];
      sum += __builtin_fabs(to[j]) * sizes[layer->column[j]];
    }
    for (int64_t j = count; j < layer->columns; j++) to[j] = 0;
    sums[i] = sum;
  }
}

KERNEL void proof_ends(const struct proof_level *level, const struct proof_work *work) {
  for (int64_t i = 0; i < 2 * level->open_count; i++) {
    const double *known = level->ends + 2 * level->open[i / 2], *form = level->forms + i * (work->inputs + 1);
    double old = i % 2 ? -known[1] : known[0];
    lanes value = ALL(old);
    if (level->forms) {
      value = ALL(form[work->inputs]);
      for (int64_t j = 0; j < work->inputs; j++)
        value = FMA(ALL(form[j]), AT((form[j] >= 0 ? work->lower : work->upper) + L * j), value);
      value = LARGER(value, ALL(old));
    }
    AT(work->ends + L * i) = i % 2 ? -value : value;
  }
}

/* f(z) = z < 0 ? s z : z on l <= z <= u. Of either sign: the line with slope m = (u - s l) / (u - l), as computed, lies on
 * the far side of both ends of f if its offset is beyond (s - m) l, (1 - m) u and 0; f is convex if s <= 1, else concave. The
 * other line goes through zero with slope 1 or s. The product s z is rounded by programs unless s is 0, 1 or -1. */
KERNEL void proof_lines(const struct proof_level *level, int64_t first, int keeps, const struct proof_work *work) {
  for (int64_t i = first; i < level->open_count; i++) {
    struct proof_line *line = level->lines + level->open[i];
    double s = work->slopes[level->open[i]], size = __builtin_fabs(s), *out = work->lines + 5 * L * i;
    lanes l = AT(work->ends + 2 * L * i), u = AT(work->ends + 2 * L * i + L), up = ALL(1 + 0x1p-50), zero = ALL(0);
    bits mixed = (l < zero) & (u > zero);
    lanes inner = PICK((mixed & (u > -l)) | (~mixed & (u > zero)), ALL(1), ALL(s));
    lanes m = PICK(mixed, (u - ALL(s) * l) / (u - l), inner), p = (ALL(s) - m) * l, q = (ALL(1) - m) * u;
    lanes far = s <= 1 ? LARGER(LARGER(p, q), zero) : LARGER(LARGER(-p, -q), zero), offset = PICK(mixed, far * up, zero);
    lanes error = work->floats && size != 0 && size != 1 ? LARGER(ALL(0x1p-24 * size) * -l, zero) + ALL(0x1p-148) : zero;
    AT(out) = s <= 1 ? inner : m;
    AT(out + L) = s <= 1 ? m : inner;
    AT(out + 2 * L) = s <= 1 ? zero : -offset;
    AT(out + 3 * L) = s <= 1 ? offset : zero;
    lanes charge = LARGER(SIZE(m), SIZE(inner)) * ALL(line->sum_charge);
    AT(out + 4 * L) = (charge + ALL(work->gamma) * offset + error) * up + ALL(0x1p-900);
    if (keeps) *line = (struct proof_line){out[0], out[L], out[2 * L], out[3 * L], out[4 * L], line->bias, line->sum_charge, i};
  }
}

KERNEL void proof_pass(const struct proof_level *level, int64_t layers, int each, const struct proof_work *work) {
  double *a = work->coefficients, *x = work->products, gamma = work->gamma;
  lanes c = AT(work->constants), b = ALL(0), s = AT(work->slacks), sum[5];
  while (layers-- > 0) {
    struct proof_layer layer = level->layers[layers];
    int64_t n = 0;
    for (int32_t i = 0; i < layer.rows; i++) {
      lanes v = AT(a + L * layer.row[i]);
      if (!__builtin_reduce_or(v != ALL(0))) continue;
      const struct proof_line *line = level->lines + layer.row[i];
      bits low = v >= ALL(0);
      lanes slope = PICK(low, ALL(line->lower_slope), ALL(line->upper_slope)), charge = ALL(line->charge);
      lanes offset = PICK(low, ALL(line->lower_offset), ALL(line->upper_offset));
      if (each && line->place >= 0) {
        const double *own = work->lines + 5 * L * line->place;
        slope = PICK(low, AT(own), AT(own + L));
        offset = PICK(low, AT(own + 2 * L), AT(own + 3 * L));
        charge = AT(own + 4 * L);
      }
      lanes y = v * slope;
      c = FMA(v, offset, c);
      b = FMA(y, ALL(line->bias), b);
      s = FMA(SIZE(v), charge, s);
      AT(a + L * layer.row[i]) = ALL(0);
      AT(x + L * n) = y;
      work->used[n++] = i;
    }
    /* Columns are a multiple of five. */
    for (int64_t j = 0; n > 0 && j < layer.columns; j += 5) {
      for (int e = 0; e < 5; e++) sum[e] = AT(a + L * layer.column[j + e]);
      for (int64_t i = 0; i < n; i++) {
        const double *w = layer.weight + work->used[i] * (int64_t)layer.columns + j;
        for (int e = 0; e < 5; e++) sum[e] = FMA(AT(x + L * i), ALL(w[e]), sum[e]);
      }
      for (int e = 0; e < 5; e++) AT(a + L * layer.column[j + e]) = sum[e];
    }
  }
  lanes total = ALL(0);
  c += b;
  s *= ALL(1 + 4 * gamma);
  for (int64_t i = 0; i < work->inputs; i++) {
    total += SIZE(AT(a + L * i));
    s += ALL(2 * gamma * level->sizes[i]) * SIZE(AT(a + L * i));
  }
  c = c - s - ALL(4 * gamma) * (SIZE(c) + s) - ALL(1e-140);
  /* And no product with an input, which is below 1e150, overflows. */
  bits finite = total + SIZE(c) < ALL(1e150);
  AT(work->constants) = c = PICK(finite, c, ALL(-__builtin_inf()));
  for (int64_t i = 0; i < work->inputs; i++) {
    lanes own = AT(a + L * i) = PICK(finite, AT(a + L * i), ALL(0));
    c = FMA(own, PICK(own >= ALL(0), AT(work->lower + L * i), AT(work->upper + L * i)), c);
  }
  AT(work->least) = c;
}
