import type { Secrets } from '../../../platform/secrets.ts'
import { CloudError } from '../../provider.ts'
import type { ServiceFailure } from './rpc.ts'

/**
 * What ROS's and STS's errors mean, by code.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/error-codes
 */

/** Decided by the code, since other errors have the HTTP status 404 too, such as InvalidAccessKeyId.NotFound. */
export function isMissing({ code }: ServiceFailure): boolean {
  return code === 'StackNotFound'
}

export function isTaken(failure: ServiceFailure): boolean {
  return failure.code === 'StackExists' || isUsedToken(failure)
}

/**
 * The token was used for a call with other parameters, for example without a tag that was set since. Tokens belong to
 * this request alone, so that call has started its operation: the stack has the name, or is being updated.
 */
export function isUsedToken({ code }: ServiceFailure): boolean {
  return MISMATCHED.includes(code)
}

/** ROS returns it also for an update without a change. */
export function isNotSupported({ code }: ServiceFailure): boolean {
  return code === 'NotSupported'
}

export function isProtected({ code }: ServiceFailure): boolean {
  return code === 'InvalidOperation.DeletionProtection'
}

/** The status of the other operation that has to end first; `undefined` for any other error. */
export function busyStatus({ code, message }: ServiceFailure): string | undefined {
  if (code !== 'ActionInProgress') return undefined
  const [, action] = /already has an action \((\w+)\) in progress/.exec(message) ?? []
  return action === undefined ? 'IN_PROGRESS' : `${action}_IN_PROGRESS`
}

/** ROS's documents name both codes. */
const MISMATCHED = ['InvalidIdempotenceParameter', 'IdempotentParameterMismatch']
const DENIED =
  /^(Forbidden|NoPermission|AccessDenied|InvalidAccessKey|InvalidSecurityToken|MissingSecurityToken|SignatureDoesNotMatch|IncompleteSignature|AssumeRoleFailure|EntityNotExist\.Role|InvalidParameter\.RoleArn|MissingAccessKeyId|InvalidTimeStamp)/
/** Errors after which the same call may succeed later. */
const PASSING = [
  ...['ServiceUnavailable', 'InternalError', 'InternalErrorInternalError', 'LastTokenProcessing'],
  ...['SignatureNonceUsed', 'ActionInProgress'],
]

/** Converts the service's error: a kind, and a text without secrets. */
export function toCloudError(failure: ServiceFailure, place: string, secrets: Secrets): CloudError {
  const status = failure.httpStatus >= 500 ? `HTTP ${String(failure.httpStatus)}: ` : ''
  return new CloudError(
    kindOf(failure),
    secrets.mask(`${place}: ${status}${failure.code}: ${failure.message}`),
    { lasting: failure.httpStatus === 501 },
  )
}

/**
 * Whether the error may mean that a role's session is no longer valid. `isNew`: the session was requested for this event; a
 * denial is then about the role's rights.
 */
export function isRefusedSession({ code }: ServiceFailure, { isNew }: { readonly isNew: boolean }): boolean {
  return code === 'InvalidSecurityToken.Expired' || (!isNew && DENIED.test(code))
}

function kindOf({ code, httpStatus }: ServiceFailure): CloudError['kind'] {
  if (/Throttling|RequestLimitExceeded/.test(code) || httpStatus === 429) return 'throttled'
  if (DENIED.test(code)) return 'denied'
  return PASSING.includes(code) || httpStatus >= 500 || httpStatus === 408 ? 'unavailable' : 'rejected'
}
