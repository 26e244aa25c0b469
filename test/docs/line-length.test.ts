import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Prose is wrapped, so that a change of one sentence shows as a change of one or two lines. */

const ROOT = join(import.meta.dirname, '../..')
const LONGEST = 120

const pages = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
)

/** The lines that are too long, except those that cannot be wrapped: tables, code, and the address of a link's definition. */
function tooLong(page: string): string[] {
  return page
    .replaceAll(/^ *```[^]*?^ *```$/gm, '')
    .split('\n')
    .filter((line) => line.length > LONGEST && !line.startsWith('|') && !/^\[[\w-]+\]: \S+$/.test(line))
}

describe.each(pages)('%s', (page) => {
  it(`has lines of at most ${String(LONGEST)} characters`, () => {
    expect(tooLong(readFileSync(join(ROOT, page), 'utf8'))).toEqual([])
  })
})

describe('tooLong', () => {
  const long = 'x'.repeat(LONGEST + 1)

  it('finds prose, lists and headings', () => {
    expect(tooLong(`# a\n\n${long}\n\n- ${long}\n`)).toEqual([long, `- ${long}`])
  })

  it('ignores tables and code', () => {
    expect(tooLong(`| ${long} |\n\n\`\`\`sh\n${long}\n\`\`\`\n\n  \`\`\`sh\n  ${long}\n  \`\`\`\n`)).toEqual(
      [],
    )
  })

  it('ignores the definition of a link, but no other text that begins like one', () => {
    expect(tooLong(`[a]: https://${long}\n[a]: ${long} b\n`)).toEqual([`[a]: ${long} b`])
  })
})
