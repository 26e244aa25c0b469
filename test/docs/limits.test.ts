import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { limitsPage } from '../../build/limits-page.ts'
import { FUNCTION_COMPUTE_LIMITS, PAYLOAD_LIMITS } from '../../src/platform/limits/function-compute.ts'

const root = join(import.meta.dirname, '../..')

describe('the limits of the vendors', () => {
  it('stand in docs/limits.md as they stand in the code', async () => {
    expect(await readFile(join(root, 'docs/limits.md'), 'utf8')).toBe(await limitsPage())
  })

  it('let no request be called rescuable whose record is too large in either encoding', () => {
    const { rescuable, largest } = PAYLOAD_LIMITS
    const base64 = Buffer.alloc(rescuable).toString('base64').length
    expect(base64 + 365).toBeLessThan(FUNCTION_COMPUTE_LIMITS.destinationPayload.most)
    expect(rescuable).toBeGreaterThan(97_000)
    expect(rescuable).toBeLessThan(largest)
  })
})
