import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createLogger, outputTo } from '../../src/platform/log.ts'
import { Secrets } from '../../src/platform/secrets.ts'

/** A device of Linux that reports a full disk on every write. */
const FULL = '/dev/full'

describe('the log', () => {
  it('masks a secret in its bindings, also if the secret becomes known after a line', () => {
    const lines: string[] = []
    const secrets = new Secrets()
    const log = createLogger({
      level: 'info',
      secrets,
      bindings: { place: 'at the-hidden-value' },
      destination: { write: (line) => void lines.push(line) },
    })
    log.info('before')
    secrets.add('the-hidden-value')
    log.info({ place: 'in the-hidden-value' }, 'after')
    log.info('later')
    expect(lines.map((line) => /"place":"([^"]*)"/.exec(line)?.[1])).toEqual([
      'at the-hidden-value',
      'in [secret]',
      'at [secret]',
    ])
  })

  it.skipIf(!existsSync(FULL))('does not throw if its disk is full', async () => {
    const file = await open(FULL, 'w')
    const log = createLogger({ level: 'info', secrets: new Secrets(), destination: outputTo(file.fd) })
    for (let line = 0; line < 3; line += 1) expect(() => log.info('a line')).not.toThrow()
    await file.close()
  })
})
