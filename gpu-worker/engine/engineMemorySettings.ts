/**
 * glibc's allocation thresholds for processes that load the engine, in bytes, as environment variables (they are read
 * before main). With the defaults, sessions that come and go leave holes that are never given back (85 MB grew to 838 MB
 * over 20 models); with both fixed at 128 KiB memory stays flat. Elsewhere than on glibc they mean nothing.
 */
export const engineMemorySettings = { MALLOC_MMAP_THRESHOLD_: "131072", MALLOC_TRIM_THRESHOLD_: "131072" } as const;
