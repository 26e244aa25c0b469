import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lock, LockedError } from '../../../src/channels/server/lock.ts'
import { systemClock } from '../../../src/platform/clock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Leaves the socket of a process that listened there and was killed. */
function leaveStaleLock(path: string): void {
  const script =
    "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))"
  expect(spawnSync(process.execPath, ['-e', script, path]).signal).toBe('SIGKILL')
}

describe("the journal's lock", () => {
  it('blocks others until it is released, also one with the same process id', async () => {
    const locked = await lock(folder, systemClock)
    await expect(lock(folder, systemClock)).rejects.toThrow(LockedError)
    await locked.release()
    await (await lock(folder, systemClock)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it('of a killed process is replaced by exactly one of several processes that try at once', async () => {
    leaveStaleLock(join(folder, 'lock'))
    const tried = await Promise.allSettled([1, 2, 3].map(() => lock(folder, systemClock)))
    const taken = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(taken).toHaveLength(1)
    await expect(lock(folder, systemClock)).rejects.toThrow(LockedError)
    await Promise.all(taken.map((one) => one.release()))
  })

  it('is taken over from an earlier version, whichever process has the recorded id now', async () => {
    await writeFile(join(folder, 'lock'), String(process.ppid))
    await (await lock(folder, systemClock)).release()
  })

  it('reports if the path of the folder is too long for a socket', async () => {
    await expect(lock(join(folder, 'x'.repeat(90)), systemClock)).rejects.toThrow(
      "the path of the journal's folder is too long",
    )
  })
})
