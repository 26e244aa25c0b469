import type { Secrets } from '../../../platform/secrets.ts'
import { CloudError } from '../../provider.ts'
import type { ServiceFailure } from './rpc.ts'

/**
 * What ROS's and STS's errors mean, by code.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/error-codes
 */

/** By its code: other errors have the HTTP status 404 too, such as InvalidAccessKeyId.NotFound. */
export function isMissing({ code }: ServiceFailure): boolean {
  return code === 'StackNotFound'
}

export function isTaken(failure: ServiceFailure): boolean {
  return failure.code === 'StackExists' || isUsedToken(failure)
}

/**
 * The token served for a call that differs, as by a tag that was set since. Tokens are this request's alone, so what that call
 * asked for has begun: the stack bears the name, or is being updated.
 */
export function isUsedToken({ code }: ServiceFailure): boolean {
  return MISMATCHED.includes(code)
}

/** Also what an update without a change is called. */
export function isNotSupported({ code }: ServiceFailure): boolean {
  return code === 'NotSupported'
}

export function isProtected({ code }: ServiceFailure): boolean {
  return code === 'InvalidOperation.DeletionProtection'
}

/** The status of the operation that has to end first; `undefined` where that is not the trouble. */
export function busyStatus({ code, message }: ServiceFailure): string | undefined {
  if (code !== 'ActionInProgress') return undefined
  const [, action] = /already has an action \((\w+)\) in progress/.exec(message) ?? []
  return action === undefined ? 'IN_PROGRESS' : `${action}_IN_PROGRESS`
}

/** Both names are in ROS's documents. */
const MISMATCHED = ['InvalidIdempotenceParameter', 'IdempotentParameterMismatch']
const DENIED =
  /^(Forbidden|NoPermission|AccessDenied|InvalidAccessKey|InvalidSecurityToken|MissingSecurityToken|SignatureDoesNotMatch|IncompleteSignature|AssumeRoleFailure|EntityNotExist\.Role|InvalidParameter\.RoleArn|MissingAccessKeyId|InvalidTimeStamp)/
/** What the same call can do better at another time. */
const PASSING = [
  ...['ServiceUnavailable', 'InternalError', 'InternalErrorInternalError', 'LastTokenProcessing'],
  ...['SignatureNonceUsed', 'ActionInProgress'],
]

/** The service's error as the bridge takes it: a kind, and a text without secrets. */
export function toCloudError(failure: ServiceFailure, place: string, secrets: Secrets): CloudError {
  return new CloudError(kindOf(failure), secrets.mask(`${place}: ${failure.code}: ${failure.message}`))
}

function kindOf({ code, httpStatus }: ServiceFailure): CloudError['kind'] {
  if (/Throttling|RequestLimitExceeded/.test(code) || httpStatus === 429) return 'throttled'
  if (DENIED.test(code)) return 'denied'
  return PASSING.includes(code) || httpStatus >= 500 || httpStatus === 408 ? 'unavailable' : 'rejected'
}
