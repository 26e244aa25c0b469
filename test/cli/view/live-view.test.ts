import fc from 'fast-check'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createColors } from '../../../src/cli/terminal/colors.ts'
import { maskedRenderer } from '../../../src/cli/terminal/masked-renderer.ts'
import type { Report } from '../../../src/cli/report.ts'
import { createTextRenderer } from '../../../src/cli/terminal/text-renderer.ts'
import { liveLines } from '../../../src/cli/view/live-lines.ts'
import { linesOf } from '../../../src/cli/view/report-lines.ts'
import { widthOf } from '../../../src/cli/view/text-layout.ts'
import { afterReport, emptyView, type ViewState } from '../../../src/cli/view/view-state.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { FakeClock } from '../../fake-clock.ts'
import { anyText } from './any-text.ts'

const ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/shop-net/00000000-0000-4000-8000-00000000000d'
const START = Date.UTC(2026, 0, 1)
const seconds = (count: number): number => count * 1000

const operation = (resources: number, action: 'create' | 'roll back' = 'create'): Report => ({
  type: 'operation',
  action,
  stackName: 'shop',
  stackId: 's',
  resources,
  elapsedMs: 0,
})

const resource = (name: string, status: string, at: number, more: Partial<Report> = {}): Report => ({
  type: 'resource',
  resource: name,
  resourceType: 'Custom::HeatStack',
  status,
  physicalResourceId: null,
  elapsedMs: seconds(at),
  stackResources: 3,
  ...(more as object),
})

const event = (owner: string | null, name: string, status: string, at: number, reason?: string): Report => ({
  type: 'stack-event',
  customResource: owner,
  stackId: ID,
  stackName: 'shop-net',
  id: `${name}${status}`,
  at: START + seconds(at),
  resource: name,
  resourceType: 'AWS::EC2::VPC',
  status,
  elapsedMs: seconds(at),
  ...(reason === undefined ? {} : { reason }),
})

/** The state after reports that each arrive at their elapsed time. */
function stateAfter(reports: readonly Report[]): ViewState {
  return reports.reduce(
    (state, report) => afterReport(state, report, START + ('elapsedMs' in report ? report.elapsedMs : 0)),
    emptyView(START),
  )
}

const plain = createColors(false)

const shownAt = (reports: readonly Report[], at: number, width = 80, height = 20): string[] =>
  liveLines(stateAfter(reports), { now: START + seconds(at), width, height, colors: plain }).map((line) =>
    line.slice(2),
  )

const TWO_AT_WORK = [
  operation(3),
  resource('Name', 'CREATE_IN_PROGRESS', 0),
  resource('Name', 'CREATE_COMPLETE', 1),
  resource('Net', 'CREATE_IN_PROGRESS', 1),
  event('Net', 'Vpc', 'CREATE_IN_PROGRESS', 2),
  event('Net', 'Vpc', 'CREATE_COMPLETE', 3),
  event('Net', 'Db', 'CREATE_IN_PROGRESS', 3),
  resource('Other', 'CREATE_IN_PROGRESS', 4),
]

describe('the live lines', () => {
  it('show the current work, its duration, its custom resource, and the progress', () => {
    expect(shownAt(TWO_AT_WORK, 75)).toEqual([
      'creating shop  1 of 3  1m 15s',
      '  Net    CREATE_IN_PROGRESS  1m 14s  1 of 3',
      '    Db   CREATE_IN_PROGRESS  1m 12s  AWS::EC2::VPC',
      '  Other  CREATE_IN_PROGRESS  1m 11s  0 of 3',
    ])
  })

  it('show the status of the foreign stack, and no progress while it is rolled back', () => {
    const reports = [
      ...TWO_AT_WORK,
      event('Net', 'Db', 'CREATE_FAILED', 5, 'no quota'),
      event('Net', 'shop-net', 'ROLLBACK_IN_PROGRESS', 5),
      event('Net', 'Vpc', 'DELETE_IN_PROGRESS', 5),
    ]
    expect(shownAt(reports, 6).slice(1, 3)).toEqual([
      '  Net    ROLLBACK_IN_PROGRESS  5.0 s',
      '    Vpc  DELETE_IN_PROGRESS  1.0 s  AWS::EC2::VPC',
    ])
  })

  it('are empty if there is no current work', () => {
    expect(
      shownAt([operation(1), resource('A', 'CREATE_IN_PROGRESS', 0), resource('A', 'CREATE_FAILED', 1)], 2),
    ).toEqual([])
  })

  it('do not fill more than the screen, and show how many lines are omitted', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      event('Net', `R${String(index)}`, 'CREATE_IN_PROGRESS', 2),
    )
    const lines = shownAt([operation(1), resource('Net', 'CREATE_IN_PROGRESS', 1), ...many], 3, 80, 6)
    expect(lines).toHaveLength(6)
    expect(lines.at(-1)).toBe('    … and 27 more')
  })

  it('follow a stack that belongs to no custom resource', () => {
    const reports: Report[] = [
      { type: 'watching', stackId: ID, name: 'shop-net', status: 'CREATE_IN_PROGRESS' },
      event(null, 'Db', 'CREATE_IN_PROGRESS', -8),
    ]
    expect(shownAt(reports, 2)).toEqual([
      'shop-net  CREATE_IN_PROGRESS  2.0 s',
      '  Db      CREATE_IN_PROGRESS  10.0 s  AWS::EC2::VPC',
    ])
  })
})

describe('a command that reports only the status of an operation', () => {
  const status: Report = {
    type: 'status',
    status: 'CREATE_IN_PROGRESS',
    customResource: 'Scenario',
    stackId: ID,
    elapsedMs: 1000,
  }

  it('shows the operation until the scenario is over', () => {
    expect(shownAt([status], 4)).toEqual(['Scenario  CREATE_IN_PROGRESS  3.0 s'])
    const scenario: Report = {
      type: 'scenario',
      subject: 'aws',
      scenario: 's',
      title: 't',
      result: 'passed',
      elapsedMs: 9000,
    }
    expect(shownAt([status, scenario], 9)).toEqual([])
  })
})

/** Each type of report of the live view, with a text in each field that can be long. */
function reportsWith(text: string): Report[] {
  const of = { customResource: text, stackId: text, elapsedMs: 61_000 }
  return [
    { type: 'section', title: text },
    { ...operation(3), stackName: text } as Report,
    { type: 'event', requestType: 'Create', resource: text, resourceType: text },
    {
      type: 'resource',
      resource: text,
      resourceType: text,
      status: 'CREATE_IN_PROGRESS',
      physicalResourceId: text,
      elapsedMs: 5,
    },
    { type: 'asked', action: 'create: started', ...of },
    { type: 'status', status: `${text}_IN_PROGRESS`, ...of },
    {
      type: 'stack-event',
      ...of,
      stackName: 'x',
      id: '1',
      at: 1,
      resource: text,
      resourceType: text,
      status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      reason: text,
    },
    {
      type: 'stack-event',
      ...of,
      stackName: 'x',
      id: '2',
      at: 1,
      resource: text,
      resourceType: text,
      status: text,
      reason: text,
    },
    { type: 'trouble', kind: 'throttled', message: text, ...of },
    { type: 'watching', stackId: text, name: text, status: 'CREATE_IN_PROGRESS' },
    {
      type: 'answer',
      resource: text,
      status: 'FAILED',
      refused: true,
      reason: text,
      data: { [text]: text },
      violations: [text],
      elapsedMs: 1,
    },
    {
      type: 'resource',
      resource: text,
      resourceType: text,
      status: 'CREATE_FAILED',
      refused: true,
      physicalResourceId: text,
      reason: text,
      note: text,
      elapsedMs: 9,
    },
    { type: 'check', name: 'DescribeStackEvents', result: 'degraded', detail: text },
    { type: 'next', steps: [{ command: text, why: text }] },
    { type: 'summary', rows: [{ step: text, answer: 'FAILED', asExpected: false, seconds: 1 }] },
    {
      type: 'stack',
      stackName: text,
      stackId: text,
      status: 'ROLLBACK_COMPLETE',
      reason: text,
      outputs: { [text]: text },
      elapsedMs: 1,
    },
    { type: 'settled', outcome: 'gone', status: text, stackId: text, elapsedMs: 1 },
  ]
}

describe('no line', () => {
  it('is longer than the width of the terminal, for any names, ids and reasons', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 40, max: 120 }), fc.boolean(), (text, width, colored) => {
        const colors = createColors(colored)
        let state = emptyView(START)
        for (const report of reportsWith(text)) {
          const lines = [
            ...linesOf(report, state, { width, colors }),
            ...liveLines(state, { now: START + 5000, width, height: 9, colors }),
          ].map(stripVTControlCharacters)
          for (const line of lines)
            expect(widthOf(line), `${report.type}: ${line}`).toBeLessThanOrEqual(width)
          state = afterReport(state, report, START)
        }
      }),
    )
  })
})

interface Shown {
  readonly printed: string[]
  readonly live: string[][]
}

function rendererOn(clock: FakeClock, isTerminal: boolean) {
  const shown: Shown = { printed: [], live: [] }
  const screen = {
    print: (lines: readonly string[]) => void shown.printed.push(...lines),
    width: () => (isTerminal ? 60 : undefined),
    height: () => 24,
    ...(isTerminal ? { live: (lines: readonly string[]) => void shown.live.push([...lines]) } : {}),
  }
  return { ...shown, renderer: createTextRenderer(screen, false, clock) }
}

describe('a terminal', () => {
  it('is redrawn while time passes, and has no live lines at the end', async () => {
    const clock = new FakeClock(START)
    const { renderer, live } = rendererOn(clock, true)
    for (const report of [operation(1), resource('Net', 'CREATE_IN_PROGRESS', 0)]) renderer.report(report)
    await clock.advance(seconds(3))
    expect(live.at(-1)?.map((line) => line.slice(2))).toEqual([
      'creating shop  0 of 1  3.0 s',
      '  Net  CREATE_IN_PROGRESS  3.0 s  0 of 3',
    ])
    renderer.close()
    expect(live.at(-1)).toEqual([])
    await clock.advance(0)
    expect(clock.waiting).toEqual([])
  })

  it('shows no report after the end', () => {
    const { renderer, printed, live } = rendererOn(new FakeClock(START), true)
    renderer.close()
    renderer.report(resource('Net', 'CREATE_IN_PROGRESS', 0))
    expect([printed, live]).toEqual([[], [[]]])
  })
})

describe('a log', () => {
  it('has whole ids and no redrawn line, and names the current work after each 30 s of silence', async () => {
    const clock = new FakeClock(START)
    const { renderer, printed } = rendererOn(clock, false)
    renderer.report(operation(2))
    renderer.report(resource('Net', 'CREATE_IN_PROGRESS', 0))
    renderer.report({
      type: 'asked',
      action: 'create: started',
      customResource: 'Net',
      stackId: ID,
      elapsedMs: 0,
    })
    renderer.report(event('Net', 'Db', 'CREATE_IN_PROGRESS', 0))
    await clock.advance(seconds(61))
    expect(printed).toEqual([
      'creating shop  2 resources',
      '   0.0 s  CREATE_IN_PROGRESS      Net                     Custom::HeatStack',
      `   0.0 s  create: started         Net                     ${ID}`,
      '   0.0 s  CREATE_IN_PROGRESS      Net/Db                  AWS::EC2::VPC',
      '  30.0 s  working                 Net/Db CREATE_IN_PROGRESS 30.0 s; 0 of 2',
      '  1m 00s  working                 Net/Db CREATE_IN_PROGRESS 1m 00s; 0 of 2',
    ])
    renderer.close()
  })

  it('shows a repeated search once, and a refusal as one line, with its reason once', () => {
    const { renderer, printed } = rendererOn(new FakeClock(START), false)
    const search: Report = {
      type: 'asked',
      action: 'found no stack',
      customResource: 'A',
      stackId: null,
      elapsedMs: 0,
    }
    for (const report of [search, search, search]) renderer.report(report)
    const message = 'CreateStack: the template needs CAPABILITY_IAM'
    renderer.report({
      type: 'trouble',
      kind: 'rejected',
      message,
      customResource: 'A',
      stackId: null,
      elapsedMs: 0,
    })
    renderer.report(resource('A', 'CREATE_FAILED', 0, { reason: `${message}.`, refused: true }))
    expect(printed).toEqual([
      '   0.0 s  found no stack          A',
      '   0.0 s  refused                 A                       Custom::HeatStack',
      `          ${message}.`,
    ])
  })
})

describe('the end', () => {
  const end = (status: string, reports: readonly Report[], more: Partial<Report> = {}): string[] => {
    const { renderer, printed } = rendererOn(new FakeClock(START), false)
    for (const report of reports) renderer.report(report)
    printed.length = 0
    renderer.report({
      type: 'stack',
      stackName: 'shop',
      stackId: 's',
      status,
      outputs: {},
      elapsedMs: 4200,
      ...(more as object),
    })
    renderer.report({
      type: 'next',
      steps: [{ command: 'stackbridge down shop.yml', why: 'deletes the stack' }],
    })
    return printed
  }

  it('counts as deleted only what was deleted, and not stand-ins and stacks that stay', () => {
    const reports = [
      operation(3),
      resource('A', 'DELETE_COMPLETE', 1),
      resource('B', 'DELETE_COMPLETE', 1, { standIn: true }),
      resource('C', 'DELETE_COMPLETE', 1, { kept: true }),
    ]
    expect(end('DELETE_COMPLETE', reports)).toContain(
      'deleted shop (DELETE_COMPLETE) in 4.2 s: 1 deleted, 1 stood in for, 1 kept',
    )
  })

  it('shows what was created, in which time, with which outputs, and the next command', () => {
    const reports = [
      operation(2),
      resource('A', 'CREATE_COMPLETE', 1),
      resource('B', 'CREATE_COMPLETE', 1, { standIn: true }),
    ]
    expect(end('CREATE_COMPLETE', reports, { outputs: { Url: 'https://x', Ports: [1] } })).toEqual([
      '',
      'created shop (CREATE_COMPLETE) in 4.2 s: 1 created, 1 stood in for',
      '  Url = https://x',
      '  Ports = [1]',
      '',
      'next:',
      '  stackbridge down shop.yml  # deletes the stack',
    ])
  })

  it('shows that nothing of the failed stack is left, and why', () => {
    const reports = [
      operation(1),
      resource('A', 'CREATE_FAILED', 1),
      operation(1, 'roll back'),
      resource('A', 'DELETE_COMPLETE', 2),
    ]
    expect(end('ROLLBACK_COMPLETE', reports, { reason: 'A: no quota' }).slice(1, 3)).toEqual([
      'shop was not created, and nothing of it is left (ROLLBACK_COMPLETE) in 4.2 s',
      '  A: no quota',
    ])
  })

  it('shows that nothing has changed', () => {
    expect(end('UPDATE_COMPLETE', [operation(1), resource('A', 'UNCHANGED', 0)])[1]).toBe(
      'shop has not changed (UPDATE_COMPLETE) in 4.2 s: 1 unchanged',
    )
  })
})

describe('a secret', () => {
  it('is in no line, also if it would be shortened or wrapped', () => {
    const secret = 'correct-horse-battery-staple-4711'
    const secrets = new Secrets()
    secrets.addHidden(secret)
    const clock = new FakeClock(START)
    const { renderer, printed, live } = rendererOn(clock, true)
    const masked = maskedRenderer(renderer, secrets)
    for (const report of reportsWith(`${'x'.repeat(50)} ${secret}`)) masked.report(report)
    masked.close()
    const all = [...printed, ...live.flat()].join('').replaceAll(/\s/g, '')
    for (const part of ['correct-horse', 'staple-4711', '4711']) expect(all).not.toContain(part)
  })
})
