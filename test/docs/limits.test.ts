import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { limitsPage } from '../../build/limits-page.ts'
import { FOREIGN_TEMPLATE_LIMITS } from '../../src/platform/limits/foreign-templates.ts'
import { FUNCTION_COMPUTE_LIMITS, PAYLOAD_LIMITS } from '../../src/platform/limits/function-compute.ts'
import { LARGEST_BODY_BYTES } from '../../src/providers/aws/cloudformation/template.ts'
import { LONGEST_BODY } from '../../src/providers/huawei-cloud/rfs-properties.ts'

const root = join(import.meta.dirname, '../..')

describe('the limits of the vendors', () => {
  it('are the same in docs/limits.md and in the code', async () => {
    expect(await readFile(join(root, 'docs/limits.md'), 'utf8')).toBe(await limitsPage())
  })

  it('have the same figures, dates and sources in the Chinese page', async () => {
    const rowsOf = async (page: string): Promise<string[][]> =>
      (await readFile(join(root, page), 'utf8'))
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((row) => row.match(/https:[^)\s`]+|\d+(?:,\d+)*/g) ?? [])
    expect(await rowsOf('docs/zh-CN/limits.md')).toEqual(await rowsOf('docs/limits.md'))
  })

  it("are used by the providers to refuse a stack's template", () => {
    expect(LARGEST_BODY_BYTES).toBe(FOREIGN_TEMPLATE_LIMITS.awsInRequest.most)
    expect(LONGEST_BODY).toBe(FOREIGN_TEMPLATE_LIMITS.rfsInRequest.most)
  })

  it('do not allow a request whose record is too large for a failure destination in either encoding', () => {
    const { rescuable, largest } = PAYLOAD_LIMITS
    const base64 = Buffer.alloc(rescuable).toString('base64').length
    expect(base64 + 365).toBeLessThan(FUNCTION_COMPUTE_LIMITS.destinationPayload.most)
    expect(rescuable).toBeGreaterThan(97_000)
    expect(rescuable).toBeLessThan(largest)
  })
})
