import * as v from 'valibot'
import { number } from '../properties/property-schema.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { foreignAnswer } from '../http/foreign-answer.ts'
import type { HttpAnswer } from '../http/http-exchange.ts'
import { CloudError } from '../provider.ts'

/** The error of a service of Huawei Cloud, in each form that the services use. */
export interface HuaweiFault {
  readonly code: string
  readonly message: string
}

const optionalText = v.nullish(v.union([v.string(), v.pipe(number, v.transform(String))]))

const faultSchema = v.union([
  /** RFS, and the gateway before it. */
  v.pipe(
    v.object({ error_code: v.string(), error_msg: optionalText, details: v.nullish(v.array(v.unknown())) }),
    v.transform(({ error_code, error_msg, details }) => ({
      code: error_code,
      message: [error_msg ?? '', ...(details ?? []).map(detailInWords)]
        .filter((text) => text !== '')
        .join(' '),
    })),
  ),
  /** IAM. */
  v.pipe(
    v.object({ error: v.object({ code: optionalText, message: optionalText, title: optionalText }) }),
    v.transform(({ error }) => ({ code: error.title ?? error.code ?? '', message: error.message ?? '' })),
  ),
  /** AOS, the older service. */
  v.pipe(
    v.object({ code: v.string(), message: v.string() }),
    v.transform(({ code, message }) => ({ code, message })),
  ),
])

const detailSchema = v.object({ error_code: optionalText, error_msg: optionalText })

function detailInWords(detail: unknown): string {
  const parsed = v.safeParse(detailSchema, detail)
  return parsed.success ? `${parsed.output.error_code ?? ''} ${parsed.output.error_msg ?? ''}`.trim() : ''
}

/** The service's own error; `undefined` for the page of a proxy in front of it. */
export function huaweiFaultOf({ json }: HttpAnswer): HuaweiFault | undefined {
  const parsed = v.safeParse(faultSchema, json)
  // Other gateways have errors of the same forms, with the HTTP status as the code.
  return parsed.success && !/^(?:\d{3})?$/.test(parsed.output.code) ? parsed.output : undefined
}

/** Whether the gateway before the services has answered, and not the service. */
export function isOfGateway({ code }: HuaweiFault): boolean {
  return /^APIGW?\./.test(code)
}

/**
 * Whether the gateway refuses a signature whose time is 15 minutes off. Its code is also that of wrong keys.
 * https://support.huaweicloud.com/intl/en-us/apig_faq/apig-faq-0009.html
 */
export function refusesTime(answer: HttpAnswer): boolean {
  const fault = huaweiFaultOf(answer)
  return fault !== undefined && isOfGateway(fault) && fault.message.includes('signature expired')
}

const OTHER_REQUEST = 'RF.10013503'
/** The codes for too many creations at once, and for another request on this stack. */
const PASSING = ['RF.10012540', 'RF.10012541', OTHER_REQUEST]

/** RFS is at work on another request for the same stack, which its status may not show yet. */
export function isOfOtherRequest(answer: HttpAnswer): boolean {
  return huaweiFaultOf(answer)?.code === OTHER_REQUEST
}

/** Converts an error answer: a kind, and a text without secrets. `advice` ends the text. */
export function toHuaweiError(answer: HttpAnswer, action: string, secrets: Secrets, advice = ''): CloudError {
  const fault = huaweiFaultOf(answer)
  const detail = fault === undefined ? 'it did not say why' : `${fault.code}: ${fault.message}`
  const text = `${action}: HTTP ${String(answer.status)}: ${detail}${advice}`
  if (fault === undefined && answer.status !== 401) {
    const { kind, lasting } = foreignAnswer(answer.status)
    return new CloudError(kind, secrets.mask(text), { lasting })
  }
  const lasting = answer.status === 501 || isUnknownToGateway(answer, fault)
  return new CloudError(kindOf(answer, fault), secrets.mask(text), { lasting })
}

/** A wrong address; or, for a moment, a gateway whose services are published anew. */
function isUnknownToGateway({ status }: HttpAnswer, fault: HuaweiFault | undefined): boolean {
  return status === 404 && fault !== undefined && isOfGateway(fault)
}

function kindOf(answer: HttpAnswer, fault: HuaweiFault | undefined): CloudError['kind'] {
  const { status } = answer
  if (status === 429) return 'throttled'
  if (fault !== undefined && PASSING.includes(fault.code)) return 'unavailable'
  if (status === 401) return 'denied'
  // Most 403 of RFS mean that the stack's state does not allow the call, and not that a permission is missing.
  if (status === 403)
    return fault?.code.startsWith('RF.') === true && !isDenial(fault) ? 'rejected' : 'denied'
  if (status >= 500 || status === 408 || isUnknownToGateway(answer, fault)) return 'unavailable'
  return 'rejected'
}

function isDenial({ code }: HuaweiFault): boolean {
  return code === 'RF.10012507' || code === 'RF.10012001'
}
