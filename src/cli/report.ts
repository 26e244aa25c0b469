import type { JsonObject } from '../platform/json.ts'
import type { Check, StackEvent } from '../providers/provider.ts'

/** What a run has to tell, whoever shows it. The lines of `--json` are these objects: docs/cli.md lists them. */
export type Report =
  | { readonly type: 'section'; readonly title: string }
  | {
      readonly type: 'event'
      readonly requestType: string
      readonly resource: string
      readonly resourceType: string
    }
  | {
      readonly type: 'asked'
      readonly action: string
      readonly stackId: string | null
      readonly elapsedMs: number
    }
  | { readonly type: 'status'; readonly status: string; readonly elapsedMs: number }
  | ({ readonly type: 'stack-event'; readonly elapsedMs: number; readonly resourceType: string } & Omit<
      StackEvent,
      'type'
    >)
  | {
      readonly type: 'watching'
      readonly stackId: string
      readonly name: string
      readonly status: string
    }
  | SettledReport
  | ({ readonly type: 'check' } & Check)
  | { readonly type: 'trouble'; readonly message: string; readonly elapsedMs: number }
  | AnswerReport
  /** One call of the function, where there are several to an event. */
  | {
      readonly type: 'call'
      readonly number: number
      readonly elapsedMs: number
      readonly billedMs: number
      readonly ended: string
    }
  | SandboxServiceReport
  | { readonly type: 'written'; readonly path: string; readonly what: string }
  /** What a person may do now. */
  | { readonly type: 'next'; readonly steps: readonly { readonly command: string; readonly why: string }[] }
  | { readonly type: 'calls-left-out'; readonly count: number }
  | { readonly type: 'figures'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly type: 'summary'; readonly rows: readonly SummaryRow[] }

/** Nothing runs on the stack any more. `gone`: it was deleted while it was followed; `absent`: there was none. */
export interface SettledReport {
  readonly type: 'settled'
  readonly outcome: 'succeeded' | 'failed' | 'gone' | 'absent'
  readonly status: string | null
  readonly stackId: string | null
  readonly elapsedMs: number
}

/** Where one of the sandbox's services listens, and what points at it. */
export interface SandboxServiceReport {
  readonly type: 'sandbox-service'
  readonly service: string
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
  readonly properties: JsonObject
  /** What to do with all this. */
  readonly hint: string
}

export interface AnswerReport {
  readonly type: 'answer'
  readonly resource: string
  readonly status: 'SUCCESS' | 'FAILED'
  readonly reason?: string
  readonly physicalResourceId?: string
  readonly data?: JsonObject
  /** What ROS's documents have against it; only where it is judged. */
  readonly violations?: readonly string[]
  readonly elapsedMs: number
}

export interface SummaryRow {
  readonly step: string
  readonly answer: string
  readonly asExpected: boolean
  readonly seconds: number
}

export interface Renderer {
  report(report: Report): void
  /** Clears away what only serves while something is going on. */
  close(): void
}
