import type { Logger } from './log.ts'

const ignore = (): void => undefined

/** Writes nothing, and loads no logger. */
export const silentLog: Logger = {
  fatal: ignore,
  error: ignore,
  warn: ignore,
  info: ignore,
  debug: ignore,
  trace: ignore,
  child: () => silentLog,
}
