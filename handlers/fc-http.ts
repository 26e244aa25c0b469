import { createAnswerInPlace } from '../src/channels/answer-in-place.ts'
import { takeBySelfInvocation } from '../src/channels/fc/take-by-self-invocation.ts'
import type { HttpReply, HttpRequest } from '../src/channels/http/exchange.ts'
import { createHttpChannel } from '../src/channels/http/http-channel.ts'
import { Secrets } from '../src/platform/secrets.ts'
import { onFunctionCompute } from './fc-host.ts'

const answerInPlace = createAnswerInPlace()

/** One request to the function's HTTP trigger. */
export function serveHttp(request: HttpRequest, context: unknown): Promise<HttpReply> {
  return onFunctionCompute(context, (host) => {
    const { settings, clock } = host
    const handle = createHttpChannel({
      settings,
      clock,
      log: host.log(new Secrets(), {}),
      // Whoever knows the URL of a trigger can send to it.
      servesAnyone: false,
      take: (event) => takeBySelfInvocation(event, host),
      answer: (event) => answerInPlace(event, host),
    })
    return handle(request)
  })
}
