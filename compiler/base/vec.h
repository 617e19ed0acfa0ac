/* A growing array of T: VEC(T) name = {0}; vec_push(&name, item); name.at[i], name.len; vec_free(&name). */
#ifndef JOURNEY_BASE_VEC_H
#define JOURNEY_BASE_VEC_H

#include <stdlib.h>

#include "base/arena.h"

#define VEC(T) \
  struct { \
    T *at; \
    size_t len, cap; \
  }
#define vec_push(vec, ...) \
  do { \
    if ((vec)->len == (vec)->cap) { \
      (vec)->cap = (vec)->cap ? (vec)->cap * 2 : 16; \
      (vec)->at = mem_realloc((vec)->at, (vec)->cap * sizeof *(vec)->at); \
    } \
    (vec)->at[(vec)->len] = (__VA_ARGS__); /* which may ask for the length: it counts only behind */ \
    (vec)->len++; \
  } while (0)
/* Room for `count` items, so that they are pushed without growing. */
#define vec_reserve(vec, count) \
  do { \
    if ((vec)->cap < (count)) { \
      (vec)->cap = (count); \
      (vec)->at = mem_realloc((vec)->at, (vec)->cap * sizeof *(vec)->at); \
    } \
  } while (0)
#define vec_free(vec) (free((vec)->at), (vec)->at = NULL, (vec)->len = (vec)->cap = 0)

#endif
