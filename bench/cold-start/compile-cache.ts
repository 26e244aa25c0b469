import { chmod, cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureStart, type Start } from './start.ts'

const PRELOAD = fileURLToPath(new URL('with-compile-cache.mjs', import.meta.url))

/** A copy of the function with a compile cache beside it. */
export interface CachedFunction {
  /** The same start with this copy and its cache. */
  cached(start: Start): Start
  remove(): Promise<void>
}

/**
 * Fills a portable compile cache by starting `node` with each of `starts`, and moves it to another folder, which is read-only,
 * as it would be on Function Compute. https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache
 */
export async function withCompileCache(folder: string, starts: readonly Start[]): Promise<CachedFunction> {
  const home = await mkdtemp(join(tmpdir(), 'stackbridge-compile-cache-'))
  const made = join(home, 'made')
  await cp(folder, join(made, 'function'), { recursive: true })
  for (const start of starts) await measureStart(cachedIn(made, start), 'SIGTERM')
  const moved = join(home, 'moved')
  await rename(made, moved)
  await forbidWriting(moved)
  return {
    cached: (start) => cachedIn(moved, start),
    async remove() {
      await forbidWriting(moved, 0o755)
      await rm(home, { recursive: true })
    },
  }
}

function cachedIn(home: string, { command: [node, ...args], environment = {}, ...rest }: Start): Start {
  return {
    ...rest,
    command: [node, '--import', PRELOAD, ...args],
    environment: {
      ...environment,
      BENCH_ENTRY: join(home, 'function', 'index.mjs'),
      BENCH_COMPILE_CACHE: join(home, 'cache'),
    },
  }
}

async function forbidWriting(folder: string, mode = 0o555): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), mode)
  await chmod(folder, mode)
}
