import type { SandboxKey } from '../../src/sandbox/aws/cloudformation/signature.ts'

export type CloudsOrder =
  | { readonly order: 'report-when-started'; readonly stacks: number }
  /** Completes all stacks at once. */
  | { readonly order: 'settle'; readonly answers: number }

export type CloudsReport =
  | {
      readonly report: 'ready'
      readonly url: string
      readonly responseUrl: string
      readonly key: SandboxKey
      readonly region: string
    }
  | { readonly report: 'started' }
  /** `seconds`: from the completion of the stacks to the last answer. */
  | {
      readonly report: 'answered'
      readonly seconds: number
      readonly failed: number
      /** Answers beyond the first one of an event. */
      readonly repeated: number
      readonly calls: number
    }

/** Figures of the bridge's process; bytes and milliseconds. */
export interface BridgeFigures {
  readonly heap: number
  readonly loopMedianMs: number
  readonly loopWorstMs: number
}
