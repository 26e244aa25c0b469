import type { SandboxKey } from '../../src/sandbox/aws/cloudformation/signature.ts'

export type CloudsOrder =
  | { readonly order: 'tell-when-begun'; readonly stacks: number }
  /** All stacks end well, at once. */
  | { readonly order: 'settle'; readonly answers: number }

export type CloudsReport =
  | {
      readonly report: 'ready'
      readonly url: string
      readonly responseUrl: string
      readonly key: SandboxKey
      readonly region: string
    }
  | { readonly report: 'begun' }
  /** `seconds`: from the end of the stacks to the last answer. */
  | {
      readonly report: 'answered'
      readonly seconds: number
      readonly failed: number
      readonly calls: number
    }

/** What the process of the bridge says of itself; bytes and milliseconds. */
export interface BridgeFigures {
  readonly heap: number
  readonly loopMedianMs: number
  readonly loopWorstMs: number
}
