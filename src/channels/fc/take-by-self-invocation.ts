import type { Host } from '../../bridge/host.ts'
import { serveEvent } from '../../bridge/serve-event.ts'
import type { Invoked } from '../../platform/function-compute.ts'
import { PAYLOAD_LIMITS } from '../../platform/limits/function-compute.ts'
import { eventKey } from '../event-key.ts'
import type { Taken } from '../http/http-channel.ts'

/**
 * Takes an event of an asynchronous service token on Function Compute. Function Compute freezes the instance when it has
 * the reply, so an asynchronous invocation of the same function serves the event. In task mode, all deliveries of one event
 * start only one such invocation. If the function can never invoke itself, ROS is answered FAILED at once.
 */
export async function takeBySelfInvocation(event: Uint8Array, host: Host): Promise<Taken> {
  const invoked = await invokeFor(event, host)
  if (invoked.invoked) return { taken: true }
  if (invoked.again) return { taken: false, why: invoked.why }
  const problem = `a web: service token needs the function to invoke itself, which it cannot: ${invoked.why}`
  const { kind } = await serveEvent(event, { ...host, misconfiguration: [...host.misconfiguration, problem] })
  return kind === 'answered' ? { taken: true } : { taken: false, why: invoked.why }
}

async function invokeFor(
  event: Uint8Array,
  { invokeSelf, random, payloadLimits = PAYLOAD_LIMITS }: Host,
): Promise<Invoked> {
  if (invokeSelf === undefined) return refused('the process is no function')
  if (!invokeSelf.possible) return refused(invokeSelf.whyNot)
  const { largest } = payloadLimits
  if (event.byteLength > largest)
    return refused(
      `the event has more than the ${String(largest)} bytes of an asynchronous invocation; give the template by TemplateURL`,
    )
  const key = eventKey(event) ?? random().toString(36).slice(2)
  return invokeSelf.invoke({ payload: event, delaySeconds: 0, taskId: `stackbridge-web-${key}` })
}

function refused(why: string): Invoked {
  return { invoked: false, again: false, why }
}
