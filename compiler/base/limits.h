/* Every limit of the program, in one place; messages name them. */
#ifndef JOURNEY_BASE_LIMITS_H
#define JOURNEY_BASE_LIMITS_H

#define LIMIT_FILE_BYTES (128u << 20) /* a larger .journey file is refused */
#define LIMIT_FILE_MIB 128
#define LIMIT_SETTINGS_BYTES (1u << 20) /* a larger journey.json is refused */
#define LIMIT_SETTINGS_MIB 1
#define LIMIT_BASELINE_BYTES (16u << 20) /* a larger baseline is refused */
#define LIMIT_BASELINE_MIB 16
#define LIMIT_IMPORT_BYTES (16u << 20) /* of a diagram to import */
#define LIMIT_IMPORT_MIB 16
#define LIMIT_NESTING 64              /* blocks within blocks */
#define LIMIT_LINE 120                /* columns that a line gets by formatting; longer texts are never broken */
#define LIMIT_FOLDER_DEPTH 64         /* folders within folders, when files are looked for */
#define LIMIT_FIX_PASSES 10           /* after which `check --fix` leaves the rest */
#define LIMIT_EXTENDS 16              /* variants of variants */
#define LIMIT_LOOP_STEPS 500          /* of one loop of paths that is solved exactly; larger ones are approached */
#define LIMIT_FLOW_STEPS 300          /* of paths that are drawn */
#define LIMIT_LOOP_SWEEPS 2000        /* through a loop larger than that */
#define LIMIT_PICTURE_SIDE 32767      /* dots that a PNG may be wide or high, which is cairo's own limit */
#define LIMIT_PICTURE_DOTS 200000000  /* that it may have in all; four bytes each while it is drawn */
#define LIMIT_PDF_SIDE 14400          /* points that a page of a PDF may be wide or high: readers show no larger one */
#define LIMIT_DIAGNOSTICS_SHOWN 200   /* of one file, as text; the rest is counted; --all shows them */
#define LIMIT_TABLE_ROW (1u << 20)    /* of a row in a table of evidence, in bytes; a longer one is passed over */
#define LIMIT_PREVIEW_CONNECTIONS 256 /* of browsers with live pages, and whoever else comes */
#define LIMIT_PREVIEW_REQUEST (16u << 10) /* bytes of a request, and what is held of its answer */
#define LIMIT_PREVIEW_SECONDS 10          /* that a connection may say nothing, unless it listens to events */
#define LIMIT_PREVIEW_PROOF_SECONDS 30    /* after which it is found out whether a browser is still there */
#define LIMIT_TABLE_ROW_MIB 1
#define LIMIT_LUA_INSTRUCTIONS 50000000
#define LIMIT_LUA_MEMORY (64u << 20)
#define LIMIT_LUA_MILLISECONDS 2000
#define LIMIT_TEST_MILLISECONDS 10000         /* of one test of `journey test`, with all that it asks for */
#define LIMIT_LUA_FILE (64 << 10)             /* a larger .lua file is refused */
#define LIMIT_LUA_TEXT (128 << 10)            /* of one text in Lua, in bytes */
#define LIMIT_LUA_VALUES 100000               /* that a function in Lua may return or take at once */
#define LIMIT_LUA_KEYS 250000                 /* of one table that `pairs` puts into order; lists have no such limit */
#define LIMIT_LUA_PATTERN 20000000            /* steps that matching one pattern may take at worst */
#define LIMIT_CHECK_MESSAGES 10000            /* that one check may report of one map */
#define LIMIT_LUA_PRINTED (4 << 10)           /* bytes that a sandbox's scripts may print */
#define LIMIT_LUA_PRINTS 100                  /* times that they may */
#define LIMIT_WORKER_MEMORY ((size_t)1 << 30) /* that a worker may take, beside what the program has already */
#define LIMIT_WORKER_ANSWER (256u << 20)      /* that one of its jobs may answer */
#define LIMIT_WORKER_ANSWER_MIB 256
#define LIMIT_WORKER_WAIT 120000 /* milliseconds that it may wait for the machine, in a job or before its first */
#define LIMIT_WORKER_GRACE 25    /* milliseconds behind its deadline after which a job is ended from outside */
#define LIMIT_WORKER_LOST 5      /* times the time of one job: what jobs that come to no end may take in all */

#endif
