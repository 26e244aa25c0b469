import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Each link between the pages has a target, and each page can be reached from the README. */

const ROOT = join(import.meta.dirname, '../..')
const pages = [
  ...['.', 'docs', 'bench'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
]
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

interface Link {
  readonly path: string
  readonly anchor: string | undefined
}

function linksIn(page: string): Link[] {
  const prose = textOf(page).replaceAll(/```[^]*?```/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#')
      return { path: path === '' ? page : join(dirname(page), path), anchor }
    })
}

/** The anchors that GitHub creates: https://docs.github.com/en/get-started/writing-on-github#section-links */
function anchorsIn(page: string): string[] {
  const headings = textOf(page)
    .replaceAll(/```[^]*?```/g, '')
    .matchAll(/^#+ (.*)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function hasTarget({ path, anchor }: Link): boolean {
  const target = statSync(join(ROOT, path), { throwIfNoEntry: false })
  if (target === undefined) return false
  return anchor === undefined || (target.isFile() && anchorsIn(path).includes(anchor))
}

describe('the pages', () => {
  it.each(pages)('%s has only links with a target', (page) => {
    expect(linksIn(page).filter((link) => !hasTarget(link))).toEqual([])
  })

  it('can all be reached from the README', () => {
    const found = new Set(['README.md'])
    for (const page of found)
      for (const { path } of linksIn(page)) if (pages.includes(path)) found.add(relative('.', path))
    expect(pages.filter((page) => !found.has(page))).toEqual([])
  })

  it('of docs/ have one line each in its index', () => {
    const listed = linksIn('docs/README.md').map(({ path }) => path)
    const items = textOf('docs/README.md').match(/^- /gm) ?? []
    const english = pages.filter(
      (page) => page.startsWith('docs/') && !page.startsWith('docs/zh-CN/') && page !== 'docs/README.md',
    )
    expect(
      listed.filter((path) => path.startsWith('docs/') && !path.startsWith('docs/zh-CN')).sort(),
    ).toEqual(english.sort())
    expect(items.length).toBe(english.length)
  })
})
