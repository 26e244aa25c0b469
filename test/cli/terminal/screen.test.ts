import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createScreen } from '../../../src/cli/terminal/screen.ts'

function terminal(columns: number) {
  const written: string[] = []
  const output = Object.assign(Object.create(process.stdout), {
    isTTY: true,
    columns,
    rows: 24,
    write: (text: string) => written.push(text),
  })
  return { output, screen: createScreen(output), written }
}

const up = (rows: number): string => `\r\u001b[${String(rows)}A\u001b[0J`

describe('a terminal', () => {
  it('shows finished lines once, above those that are redrawn', () => {
    const { screen, written } = terminal(80)
    screen.live?.(['working'])
    screen.print(['done'])
    screen.live?.(['working', 'still'])
    screen.live?.([])
    expect(written).toEqual(['working\n', `${up(1)}done\nworking\n`, `${up(1)}working\nstill\n`, up(2)])
  })

  it('is cleared of lines that take several rows after it was made narrower', () => {
    const { screen, output, written } = terminal(80)
    screen.live?.(['\u001b[31m0123456789\u001b[39m存储桶存储桶', 'x'])
    output.columns = 20
    screen.live?.([])
    expect(written.at(-1)).toBe(up(3))
  })

  it('is not written to if there is nothing to redraw', () => {
    const { screen, written } = terminal(80)
    screen.live?.([])
    expect(written).toEqual([])
  })
})

describe('a log', () => {
  it('gets only finished lines, of any length', () => {
    const output = Object.assign(new PassThrough(), { isTTY: false })
    const screen = createScreen(
      Object.assign(Object.create(process.stdout), {
        isTTY: false,
        write: (text: string) => output.write(text),
      }),
    )
    screen.print(['done', 'x'.repeat(200)])
    expect(String(output.read())).toBe(`done\n${'x'.repeat(200)}\n`)
    expect([screen.live, screen.width()]).toEqual([undefined, undefined])
  })
})
