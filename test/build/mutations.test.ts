import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The suites on the bundle fail if the bundle has a fault that the sources do not have. */

const root = join(import.meta.dirname, '../..')

/** Runs suites on a bundle with a fault. `code` is the exit code of vitest. */
function runOnBundle(
  fault: string | undefined,
  suites: readonly string[],
): Promise<{ code: number; output: string }> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--config', 'vitest.bundle.config.ts', '--maxWorkers=1', ...suites]
  const env = {
    PATH: process.env['PATH'] ?? '',
    NO_COLOR: '1',
    ...(fault === undefined ? {} : { BUNDLE_FAULT: fault }),
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: root, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ code, output: stdout + stderr })
      },
    )
  })
}

describe('the suites on the bundle', () => {
  it('pass on the bundle without a fault', async () => {
    const { code, output } = await runOnBundle(undefined, ['test/abuse/template-secrets.test.ts'])
    expect(output).toMatch(/Tests +[1-9]\d* passed/)
    expect(code).toBe(0)
  })

  it.each([
    ['yaml', ['an AWS template as YAML', 'a ROS template as YAML', 'a HOT template as YAML']],
    ['heat', ['a HOT template as YAML']],
  ])('fail on a bundle with the fault %s, and list the broken templates', async (fault, broken) => {
    const { code, output } = await runOnBundle(fault, ['test/abuse/template-secrets.test.ts'])
    expect(code).toBe(1)
    const failed = output.split('\n').filter((line) => line.includes('FAIL'))
    for (const name of broken)
      expect(
        failed.some((line) => line.endsWith(`of ${name}`)),
        output,
      ).toBe(true)
    // A test that does not need the broken code passes, so the fault is the cause.
    expect(output).toMatch(/✓ of an AWS template as a map/)
  })
})
