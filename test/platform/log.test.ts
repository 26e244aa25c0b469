import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createLogger, outputTo } from '../../src/platform/log.ts'
import { Secrets } from '../../src/platform/secrets.ts'

/** A device of Linux on which every write finds the disk full. */
const FULL = '/dev/full'

describe('the log', () => {
  it.skipIf(!existsSync(FULL))('does not throw if its disk is full', async () => {
    const file = await open(FULL, 'w')
    const log = createLogger({ level: 'info', secrets: new Secrets(), destination: outputTo(file.fd) })
    for (let line = 0; line < 3; line += 1) expect(() => log.info('a line')).not.toThrow()
    await file.close()
  })
})
