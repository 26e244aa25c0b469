import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Console } from '../../../src/cli/terminal/console.ts'
import { createJsonRenderer } from '../../../src/cli/terminal/json-renderer.ts'
import { runProgram } from '../../../src/cli/program.ts'
import type { Report } from '../../../src/cli/report.ts'
import { printable } from '../../../src/cli/terminal/terminal-text.ts'
import { createTextRenderer } from '../../../src/cli/terminal/text-renderer.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { FakeClock } from '../../fake-clock.ts'

/** Any text from a cloud, a template or a file is shown as plain text in its column. */

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

/** The renderer's own codes: https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters */
function withoutColors(text: string): string {
  return text.replaceAll(/\u001b\[(?:1|2|22|31|32|33|36|39)m/g, '')
}

const attack = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b[2K',
        '\u001b[1A',
        '\u001b[31m',
        '\u001b]0;owned\u0007',
        '\u001b]52;c;cm0gLXJmIC8=\u0007',
        '\u009b2J',
        '\u0085',
        '\r\n',
        '\n   0.0 s  answer     SUCCESS',
        '\u202e',
        '\u2066',
        '\u2028',
        '\b\b\b',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

/** Each type of report, with the text in each field that can contain external text. */
function reportsWith(text: string): Report[] {
  const stack = { customResource: text, stackId: text, elapsedMs: 1 }
  return [
    { type: 'section', title: text },
    { type: 'event', requestType: text, resource: text, resourceType: text },
    { type: 'operation', action: 'create', stackName: text, resources: 1, stackId: text, elapsedMs: 1 },
    { type: 'rebuilding', events: 1 },
    { type: 'asked', action: text, ...stack },
    { type: 'status', status: text, ...stack },
    {
      type: 'stack-event',
      resource: text,
      resourceType: text,
      status: text,
      reason: text,
      id: text,
      at: 1,
      stackName: 'name',
      ...stack,
    },
    {
      type: 'resource',
      resource: text,
      resourceType: text,
      status: text,
      physicalResourceId: text,
      reason: text,
      note: text,
      elapsedMs: 1,
    },
    {
      type: 'stack',
      stackName: text,
      stackId: text,
      status: text,
      reason: text,
      outputs: { [text]: text },
      elapsedMs: 1,
    },
    { type: 'watching', stackId: text, name: text, status: text },
    { type: 'settled', outcome: 'failed', status: text, stackId: text, elapsedMs: 1 },
    { type: 'check', name: text, result: 'missing', detail: text },
    { type: 'trouble', kind: 'unavailable', message: text, ...stack },
    {
      type: 'answer',
      resource: text,
      status: 'FAILED',
      reason: text,
      physicalResourceId: text,
      data: { [text]: text, b: { [text]: [text] } },
      violations: [text],
      elapsedMs: 1,
    },
    { type: 'call', number: 1, elapsedMs: 1, billedMs: 1, ended: text },
    {
      type: 'sandbox-service',
      service: text,
      url: text,
      environment: { [text]: text },
      properties: { [text]: text },
      hint: text,
    },
    { type: 'sandbox-note', cloud: text, note: text },
    { type: 'written', path: text, what: text },
    { type: 'next', steps: [{ command: text, why: text }] },
    { type: 'figures', rows: [[text, text]] },
    { type: 'summary', rows: [{ step: text, answer: text, asExpected: false, seconds: 1 }] },
  ]
}

function shown(reports: readonly Report[], colored: boolean): string[] {
  const texts: string[] = []
  const screen = {
    print: (lines: readonly string[]) => void texts.push(...lines.flatMap((line) => line.split('\n'))),
    width: () => undefined,
    height: () => 24,
  }
  const renderer = createTextRenderer(screen, colored, new FakeClock())
  for (const report of reports) renderer.report(report)
  renderer.close()
  return texts
}

describe('a terminal', () => {
  it('gets no control character except the colors of the renderer, and no extra line, for any text from the cloud', () => {
    fc.assert(
      fc.property(attack, fc.boolean(), (text, colored) => {
        const lines = shown(reportsWith(text), colored)
        expect(lines.filter((line) => CONTROL.test(colored ? withoutColors(line) : line))).toEqual([])
        expect(lines).toHaveLength(shown(reportsWith('text'), colored).length)
        const escapes = (all: readonly string[]) => all.join('').split('\u001b').length
        if (text !== '') expect(escapes(lines)).toBe(escapes(shown(reportsWith(printable(text)), colored)))
      }),
    )
  })

  it('gets JSON in one line without control characters, which parses to the same value', () => {
    fc.assert(
      fc.property(attack, (text) => {
        const lines: string[] = []
        const renderer = createJsonRenderer((line) => void lines.push(line))
        const reports = reportsWith(text)
        for (const report of reports) renderer.report(report)
        expect(lines.filter((line) => CONTROL.test(line))).toEqual([])
        expect(lines.map((line): unknown => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(reports)))
      }),
    )
  })

  it('gets a log without control characters', () => {
    fc.assert(
      fc.property(attack, (text) => {
        const lines: string[] = []
        const destination = { write: (line: string) => void lines.push(line) }
        const log = createLogger({ level: 'info', secrets: new Secrets(), destination })
        log.info({ text, [text]: text }, text)
        expect(lines).toHaveLength(1)
        expect(CONTROL.test(lines.join('').replace(/\n$/, ''))).toBe(false)
      }),
    )
  })

  it.each([
    ['an argument', ['\u001b]0;owned\u0007\n\u202e']],
    ['an option', ['validate', '--\u001b[2K\u009b1A']],
    ['a file that does not exist', ['validate', '\u001b[2K\nok: 0 problems']],
    ['a file that does not exist, with --debug', ['--debug', 'invoke', '\u001b[2K\u202eok']],
    ['an id', ['watch', '--id', '\u001b[2Karn']],
  ])('gets an error in one line if the command line has a control character in %s', async (_, args) => {
    const written: string[] = []
    const output = { write: (text: string) => written.push(text) }
    const io = {
      stdout: Object.assign(Object.create(process.stdout), output),
      stderr: output,
      stdin: Readable.from([]),
      environment: {},
      onInterrupt: () => () => undefined,
      version: '0',
    } satisfies Console
    expect(await runProgram(args, io)).not.toBe(0)
    const lines = written.join('').replace(/\n$/, '').split('\n')
    expect(lines.filter((line) => CONTROL.test(line))).toEqual([])
    if (!args.includes('--debug')) expect(lines).toHaveLength(1)
  })
})
