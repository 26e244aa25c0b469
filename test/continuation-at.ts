import { isContinuation, readContinuation } from '../src/bridge/continuation/continuation.ts'
import type { Step } from '../src/bridge/operation.ts'
import { parseJson } from '../src/platform/json.ts'
import { CONTINUATION_KEY } from './continuation-keys.ts'

/** For a bridge that reads the continuations of another one. */
export const WITH_KEY = { STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }

/** The last of the payloads whose operation is at this step. */
export function lastAt(step: Step['at'], payloads: readonly Uint8Array[]): Uint8Array {
  const found = payloads.findLast((payload) => {
    const json = parseJson(payload)
    const read =
      json.ok && isContinuation(json.value) ? readContinuation(json.value, [CONTINUATION_KEY]) : undefined
    return read?.kind === 'continuation' && read.continuation.operation.step.at === step
  })
  if (found === undefined) throw new Error(`No operation was handed off at the step ${step}`)
  return found
}
