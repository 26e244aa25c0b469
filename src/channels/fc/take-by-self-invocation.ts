import type { Host } from '../../bridge/host.ts'
import { serveEvent } from '../../bridge/serve-event.ts'
import type { Invoked } from '../../platform/function-compute.ts'
import { PAYLOAD_LIMITS } from '../../platform/limits/function-compute.ts'
import { eventKey } from '../event-key.ts'
import type { Taken } from '../http/http-channel.ts'

/**
 * Takes an event that ROS sends over HTTP and does not wait for (`web:` service token), on Function Compute. The instance is
 * frozen once the reply is sent, so the function invokes itself asynchronously with the event. All deliveries of one event
 * have the same task id: in task mode, they start only one invocation. A function that can never invoke itself answers ROS
 * FAILED at once.
 */
export async function takeBySelfInvocation(event: Uint8Array, host: Host): Promise<Taken> {
  const invoked = await invokeSelfWith(event, host)
  if (invoked.invoked) return { taken: true }
  if (invoked.again) return { taken: false, why: invoked.why }
  const problem = `a web: service token needs the function to invoke itself, which it cannot: ${invoked.why}`
  const { kind } = await serveEvent(event, { ...host, misconfiguration: [...host.misconfiguration, problem] })
  // ROS does not wait for an answer that it has refused. A second delivery of the event would bring the same refusal.
  return kind === 'answered' || kind === 'refused' ? { taken: true } : { taken: false, why: invoked.why }
}

async function invokeSelfWith(
  event: Uint8Array,
  { invokeSelf, random, payloadLimits = PAYLOAD_LIMITS }: Host,
): Promise<Invoked> {
  if (invokeSelf === undefined) return impossible('the process is no function')
  if (!invokeSelf.possible) return impossible(invokeSelf.whyNot)
  const { largest } = payloadLimits
  if (event.byteLength > largest)
    return impossible(
      `the event has more than the ${String(largest)} bytes of an asynchronous invocation; give the template by TemplateURL`,
    )
  const key = eventKey(event) ?? random().toString(36).slice(2)
  return invokeSelf.invoke({ payload: event, delaySeconds: 0, taskId: `stackbridge-web-${key}` })
}

/** Another try would not help. */
function impossible(why: string): Invoked {
  return { invoked: false, again: false, why }
}
