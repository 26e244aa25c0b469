import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../cli/built-cli.ts'

/** Runs the commands in the README and compares their output with the output in the README. */

const ROOT = join(import.meta.dirname, '../..')
const page = await readFile(join(ROOT, 'README.md'), 'utf8')
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, block = '']) =>
    block.trim(),
  )

/** Removes what differs between runs. */
const comparable = (line: string): string => line.replaceAll(/\d+\.\d/g, 'N').trimEnd()

describe('the README', () => {
  it('has only commands that are tested: the demo here, the template among all examples, and the tests themselves', async () => {
    expect(blocks('sh')).toEqual([
      'npm ci && npm run demo',
      'npm ci && npm test',
      'npm run build\nnode dist/cli.mjs up --sandbox examples/templates/three-clouds.yml',
    ])
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
    expect(scripts.build).toContain('build/build.ts')
    expect(scripts.demo).toMatch(/node dist\/cli\.mjs demo$/)
  })

  describe('shows of the demo', () => {
    let printed: Set<string>
    beforeAll(async () => {
      const { code, stdout } = await run(['demo'])
      expect(code).toBe(0)
      printed = new Set(stdout.split('\n').map(comparable))
    })

    const shown = blocks('text')
      .flatMap((block) => block.split('\n'))
      .filter((line) => line !== '…')
    it.each(shown)('%s', (line) => {
      const [begins = '', leftOut] = line.split('…')
      const isPrinted =
        leftOut === undefined
          ? printed.has(comparable(line))
          : [...printed].some((one) => one.startsWith(comparable(begins)))
      expect(isPrinted).toBe(true)
    })
  })
})
