import * as v from 'valibot'
import type { Secrets } from '../../../platform/secrets.ts'
import { CloudError } from '../../provider.ts'
import { foreignAnswer } from '../../http/foreign-answer.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'

/**
 * What Heat's and Keystone's errors mean, by HTTP status and error type.
 * https://docs.openstack.org/api-ref/orchestration/v1/#faults
 */

const faultSchema = v.object({
  explanation: v.nullish(v.string()),
  title: v.nullish(v.string()),
  error: v.object({
    /** Only Heat's errors have it; Keystone's do not. */
    type: v.nullish(v.string()),
    message: v.nullish(v.string()),
    title: v.nullish(v.string()),
  }),
})

export interface Fault {
  readonly type: string
  readonly message: string
}

/** The service's own error; `undefined` for the page of a proxy in front of it. */
export function faultOf({ json }: HttpAnswer): Fault | undefined {
  const parsed = v.safeParse(faultSchema, json)
  if (!parsed.success) return undefined
  const { error, explanation, title } = parsed.output
  const type = error.type ?? error.title ?? ''
  // Gateways have errors of a similar form.
  if (type === '') return undefined
  return { type, message: error.message ?? explanation ?? title ?? '' }
}

/**
 * Whether Heat says that the stack is missing. Only its own error for a stack counts: a proxy's 404 while Heat restarts, or
 * Heat's 404 for something else that the request needed, would make an existing stack seem deleted.
 */
export function isMissing(answer: HttpAnswer): boolean {
  const fault = faultOf(answer)
  if (answer.status !== 404 || fault === undefined) return false
  return (
    fault.type === 'StackNotFound' ||
    (fault.type === 'EntityNotFound' && fault.message.startsWith('The Stack ('))
  )
}

/** Whether Heat says that the part of a stack that was asked for, or the stack itself, is missing. */
export function isPartMissing(answer: HttpAnswer): boolean {
  return isMissing(answer) || (answer.status === 404 && faultOf(answer)?.type === 'EntityNotFound')
}

/**
 * Whether Heat may lack a trust. It then says only this text; a 403 of a policy, a quota or a proxy has another one.
 */
export function lacksTrust(answer: HttpAnswer): boolean {
  return (
    answer.status === 403 &&
    faultOf(answer)?.message.startsWith('Access was denied to this resource') === true
  )
}

/** A 400 that names no error of Heat's own: Heat failed at something that it did not foresee. */
export function isUnexplainedRefusal(answer: HttpAnswer): boolean {
  return answer.status === 400 && faultOf(answer)?.type === 'HTTPBadRequest'
}

export function isTaken(answer: HttpAnswer): boolean {
  return answer.status === 409 && faultOf(answer)?.type === 'StackExists'
}

/** The status of the other operation that has to end first; `undefined` for any other error. */
export function busyStatus(answer: HttpAnswer): string | undefined {
  const fault = faultOf(answer)
  if (answer.status !== 409 || fault?.type !== 'ActionInProgress') return undefined
  const [, action] = /already has an action \((\w+)\) in progress/.exec(fault.message) ?? []
  return action === undefined ? 'IN_PROGRESS' : `${action}_IN_PROGRESS`
}

export function isNotSupported(answer: HttpAnswer): boolean {
  return answer.status === 400 && faultOf(answer)?.type === 'NotSupported'
}

/** Converts an error answer: a kind, and a text without secrets. `advice` ends the text. */
export function toCloudError(answer: HttpAnswer, action: string, secrets: Secrets, advice = ''): CloudError {
  const fault = faultOf(answer)
  const detail = fault === undefined ? 'it did not say why' : `${fault.type}: ${fault.message}`
  const text = `${action}: HTTP ${String(answer.status)}: ${detail}${adviceOn(answer, fault)}${advice}`
  if (fault === undefined && answer.status !== 401 && !isThrottled(answer)) {
    const { kind, lasting } = foreignAnswer(answer.status)
    return new CloudError(kind, secrets.mask(text), { lasting })
  }
  return new CloudError(kindOf(answer, fault), secrets.mask(text), {
    lasting: answer.status === 501 || LASTING.includes(fault?.type ?? ''),
  })
}

/** Errors of status 500 that the same request gets again, until a service or a setting of the cloud is changed. */
const LASTING = [
  ...['EndpointNotFound', 'EmptyCatalog', 'ServiceNotFound', 'ClientNotAvailable', 'NotImplementedError'],
]

function isThrottled(answer: HttpAnswer): boolean {
  return answer.status === 429 || (answer.status === 413 && answer.header('retry-after') !== undefined)
}

function kindOf(answer: HttpAnswer, fault: Fault | undefined): CloudError['kind'] {
  const { status } = answer
  if (isThrottled(answer)) return 'throttled'
  if (status === 401 || status === 403) return 'denied'
  if (status >= 500 || status === 408) return 'unavailable'
  // Another operation that has to end first.
  if (status === 409) return 'unavailable'
  // A row of Heat's database other than the stack.
  if (status === 404 && (fault?.type === 'NotFound' || fault?.type === 'EntityNotFound')) return 'unavailable'
  return 'rejected'
}

/** A page of a proxy: Heat itself sends neither an unexpected success nor a 404 without a fault. */
function isOfAnother(status: number, fault: Fault | undefined): boolean {
  return fault === undefined && (status < 300 || status === 404)
}

function adviceOn({ status }: HttpAnswer, fault: Fault | undefined): string {
  if (isOfAnother(status, fault)) return '. It may not be Heat that answers there: check Endpoint'
  if (status === 413) return '. Template, Files and Environment together are too large for this Heat'
  if (status >= 300 && status < 400) return '. The address is not that of an API version: check Endpoint'
  return ''
}
