import { randomUUID } from 'node:crypto'
import { link, rename, rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { Clock } from '../../platform/clock.ts'

/** Another process has locked the folder. */
export class LockedError extends Error {
  override readonly name = 'LockedError'
}

/** Two processes may find an abandoned lock at the same moment; in this time the second one replaces the lock of the first. */
const SETTLING_MS = 200
/** The smallest limit of any operating system for a socket's path. */
const LONGEST_PATH_BYTES = 103

/**
 * Locks a folder for this process until `release`. Replaces the lock of a process that has ended. Throws `LockedError` if
 * another process of this machine has the lock, and `RangeError` if the folder's path is too long for a socket.
 *
 * The lock is a socket, since the kernel knows whether a process listens to it. A process id would be ambiguous after a
 * restart of the machine and between containers.
 */
export async function lock(folder: string, clock: Clock): Promise<{ release(): Promise<void> }> {
  const path = join(folder, 'lock')
  const own = join(folder, `lock.${randomUUID().slice(0, 8)}`)
  if (Buffer.byteLength(own) > LONGEST_PATH_BYTES)
    throw new RangeError(
      `the path of the journal's folder is too long: its lock is a socket, so it may have at most 89 bytes: ${folder}`,
    )
  const server = await listenAt(own)
  try {
    const { ino } = await stat(own)
    await putInPlace(own, path)
    await clock.sleep(SETTLING_MS)
    if ((await stat(path)).ino !== ino) throw locked(path)
  } catch (error) {
    server.close()
    throw error
  } finally {
    await rm(own, { force: true })
  }
  return {
    async release() {
      await rm(path, { force: true })
      server.close()
    },
  }
}

async function putInPlace(own: string, path: string): Promise<void> {
  try {
    await link(own, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    if (await isHeld(path)) throw locked(path)
    await rename(own, path)
  }
}

function locked(path: string): LockedError {
  return new LockedError(`another process has the journal: it listens at ${path}`)
}

function listenAt(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => void socket.destroy()).unref()
    server.once('error', reject)
    server.listen(path, () => {
      resolve(server)
    })
  })
}

/** A regular file, as earlier versions wrote it, counts as an abandoned lock. */
function isHeld(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT' && code !== 'ENOTSOCK')
    })
  })
}
