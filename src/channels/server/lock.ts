import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Another process has the folder. */
export class LockedError extends Error {
  override readonly name = 'LockedError'
}

/**
 * Makes a folder this process's own until `release`; one that a process has left behind, which is gone, is taken over.
 * Throws `LockedError` where another process has it.
 */
export async function lock(folder: string): Promise<{ release(): Promise<void> }> {
  const path = join(folder, 'lock')
  for (;;) {
    try {
      const handle = await open(path, 'wx', 0o600)
      await handle.writeFile(String(process.pid)).finally(() => handle.close())
      return { release: () => rm(path, { force: true }) }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => ''))
    if (isAlive(owner))
      throw new LockedError(`process ${String(owner)} has the journal; if it is none of ours, remove ${path}`)
    await rm(path, { force: true })
  }
}

/** In a container each process has the same number as the one before it. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It is there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
