import { createAnswerInPlace } from '../src/channels/answer-in-place.ts'
import { takeBySelfInvocation } from '../src/channels/fc/take-by-self-invocation.ts'
import type { HttpEntry } from '../src/channels/http/exchange.ts'
import { createHttpChannel } from '../src/channels/http/http-channel.ts'
import { systemClock } from '../src/platform/clock.ts'
import type { Settings } from '../src/platform/settings.ts'
import { logOfInvocation, onFunctionCompute } from './fc-host.ts'

const answerInPlace = createAnswerInPlace()

/** Creates the entry for one request to the function's HTTP trigger. */
export function httpEntryOf(context: unknown, settings: Settings): HttpEntry {
  // The function's time limit also counts while the body is read.
  const startedAt = systemClock.now()
  return createHttpChannel({
    settings,
    clock: systemClock,
    log: logOfInvocation(context),
    // The URL of a trigger is public, so every request must be authenticated.
    servesWithoutProof: false,
    take: (event) => onFunctionCompute(context, (host) => takeBySelfInvocation(event, host), startedAt),
    answer: (event) => onFunctionCompute(context, (host) => answerInPlace(event, host), startedAt),
  })
}
