import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { Output } from '../src/cli/terminal/console.ts'
import { runProgram } from '../src/cli/program.ts'

/**
 * Writes `docs/live-view.svg`: what `stackbridge up --sandbox` shows on a terminal while it creates the last of three foreign
 * stacks, and its end. Both are its real output.
 */

const COLUMNS = 100
const ROWS = 60
const TEMPLATE = 'three-clouds.yml'
const PICTURE = resolve('docs/live-view.svg')
const LAST_STACK_IN_PROGRESS = /^ +HuaweiNetwork +\S+_IN_PROGRESS/

const FONT_PX = 13
const LINE_PX = 18
const CHARACTER_PX = 7.85
const MARGIN_PX = 16
const TEXT_COLOR = '#e6edf3'

/** SGR codes of `src/cli/terminal/colors.ts`. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const STYLES = new Map([
  ['1', 'font-weight="bold"'],
  ['2', 'fill="#9198a1"'],
  ['31', 'fill="#ff7b72"'],
  ['32', 'fill="#7ee787"'],
  ['33', 'fill="#e3b341"'],
  ['36', 'fill="#79c0ff"'],
])
const ESCAPE = '\u001b['

/** A terminal that knows lines, and how `src/cli/terminal/screen.ts` draws the last ones again. */
function createTerminal(): { readonly output: Output; readonly frames: (readonly string[])[] } {
  const frames: (readonly string[])[] = []
  const write = (text: string): void => {
    const lines = frames.at(-1) ?? []
    const redraw = text.startsWith(`\r${ESCAPE}`) ? text.indexOf('J') + 1 : 0
    const kept = redraw === 0 ? lines : lines.slice(0, -Number.parseInt(text.slice(3), 10))
    frames.push([...kept, ...text.slice(redraw).split('\n').slice(0, -1)])
  }
  return { output: { write, isTTY: true, columns: COLUMNS, rows: ROWS }, frames }
}

/** Runs the template in a folder of its own, so that no path of this machine is shown. */
async function run(output: Output): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-picture-'))
  await copyFile(join('examples/templates', TEMPLATE), join(folder, TEMPLATE))
  process.chdir(folder)
  try {
    const code = await runProgram(['up', '--sandbox', TEMPLATE], {
      stdout: output,
      stderr: process.stderr,
      stdin: Readable.from([]),
      environment: {},
      onInterrupt: () => () => undefined,
      version: '',
    })
    if (code !== 0) throw new Error(`stackbridge up ended with ${String(code)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function svgOf(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * CHARACTER_PX + 2 * MARGIN_PX)
  const height = lines.length * LINE_PX + 2 * MARGIN_PX
  const rows = lines.map((line, index) => {
    const y = MARGIN_PX + (index + 0.75) * LINE_PX
    return `<text x="${String(MARGIN_PX)}" y="${String(y)}" xml:space="preserve">${spansOf(line)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="stackbridge up --sandbox ${TEMPLATE}">
<rect width="${String(width)}" height="${String(height)}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${String(FONT_PX)}" fill="${TEXT_COLOR}">
${rows.join('\n')}
</g>
</svg>
`
}

/** The line with its colors as `tspan` elements. */
function spansOf(line: string): string {
  const styles = new Set<string>()
  const [first = '', ...others] = line.split(ESCAPE)
  const spans = others.map((part) => {
    const end = part.indexOf('m')
    changeStyles(styles, part.slice(0, end))
    const text = escaped(part.slice(end + 1))
    return styles.size === 0 || text === '' ? text : `<tspan ${[...styles].join(' ')}>${text}</tspan>`
  })
  return escaped(first) + spans.join('')
}

function changeStyles(styles: Set<string>, code: string): void {
  const style = STYLES.get(code)
  if (style !== undefined) styles.add(style)
  else if (code === '22') for (const one of ['1', '2']) styles.delete(STYLES.get(one) ?? '')
  else if (code === '39') for (const one of ['31', '32', '33', '36']) styles.delete(STYLES.get(one) ?? '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const { output, frames } = createTerminal()
await run(output)
const during = frames.findLast((lines) =>
  LAST_STACK_IN_PROGRESS.test(stripVTControlCharacters(lines.at(-1) ?? '')),
)
if (during === undefined) throw new Error('no frame shows the last stack in progress')
const end = frames.at(-1) ?? []
const summary = end.slice(end.findIndex((line) => line.includes('CREATE_COMPLETE) in')))
await writeFile(PICTURE, svgOf([`$ stackbridge up --sandbox ${TEMPLATE}`, ...during, '…', ...summary]))
