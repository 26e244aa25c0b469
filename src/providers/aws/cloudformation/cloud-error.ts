import { ForbiddenAddressError } from '../../../platform/network.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import { AWS_REGIONS } from '../known-regions.ts'
import { connectionFailure } from '../../http/connection-failure.ts'
import { foreignAnswer } from '../../http/foreign-answer.ts'
import { CloudError } from '../../provider.ts'
import { KEPT_ADVICE } from './status.ts'

/**
 * What CloudFormation's errors mean, by code and exact text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
 */

const THROTTLED = [
  ...[
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestThrottled',
    'RequestThrottledException',
  ],
  ...[
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'SlowDown',
    'BandwidthLimitExceeded',
    'PriorRequestNotComplete',
  ],
]
const DENIED = [
  ...['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'NotAuthorized', 'OptInRequired'],
  ...[
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
  ],
  ...[
    'IncompleteSignature',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'AuthFailure',
  ],
  ...[
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'InvalidAccessKeyId',
    'CredentialsProviderError',
  ],
]

/** Answered with 400 by some of AWS's front ends: the SDK tries such a call again, too. */
const PASSING = ['RequestTimeout', 'RequestTimeoutException', 'TimeoutError']

/** The name and text of an error of the service; `undefined` for an error of the connection. */
export interface ServiceFailure {
  readonly code: string
  readonly message: string
  readonly httpStatus: number | undefined
}

export function serviceFailure(error: unknown): ServiceFailure | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined
  const metadata = error.$metadata
  const httpStatus =
    typeof metadata === 'object' &&
    metadata !== null &&
    'httpStatusCode' in metadata &&
    typeof metadata.httpStatusCode === 'number'
      ? metadata.httpStatusCode
      : undefined
  return '$fault' in error ? { code: error.name, message: error.message, httpStatus } : undefined
}

/** Whether the service sent an answer that the SDK cannot parse. A retry seldom helps. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && '$response' in error && serviceFailure(error) === undefined
}

/** Not every ValidationError: a throttled or malformed call would then look like a deleted stack. */
export function isMissing({ code, message }: ServiceFailure): boolean {
  return (
    (code === 'ValidationError' && /^Stack .*does not exist$/.test(message.trim())) ||
    // Heat's CloudFormation-compatible API.
    (code === 'InvalidParameterValue' && hasInTurn(message, 'The Stack (', ') could not be found'))
  )
}

function hasInTurn(text: string, first: string, second: string): boolean {
  const at = text.indexOf(first)
  return at !== -1 && text.includes(second, at + first.length)
}

export function isTaken({ code }: ServiceFailure): boolean {
  // A used token: the stack that it made has the name.
  return ['AlreadyExistsException', 'AlreadyExists', 'TokenAlreadyExistsException'].includes(code)
}

export function isUsedToken({ code }: ServiceFailure): boolean {
  return code === 'TokenAlreadyExistsException'
}

export function isUnchanged({ code, message }: ServiceFailure): boolean {
  return code === 'ValidationError' && message.includes('No updates are to be performed')
}

export function isChangeSetMissing({ code }: ServiceFailure): boolean {
  return code === 'ChangeSetNotFound' || code === 'ChangeSetNotFoundException'
}

/** The change set, or its stack, is in a state that does not allow the call yet. */
export function isChangeSetBusy({ code }: ServiceFailure): boolean {
  return code === 'InvalidChangeSetStatus' || code === 'InvalidChangeSetStatusException'
}

/** The status of the other operation that has to end first; `undefined` for any other error. */
export function busyStatus({ message }: ServiceFailure): string | undefined {
  const aws =
    /is in (\w+_IN_PROGRESS) state and can ?not be \w+/.exec(message) ??
    /cannot be \w+ while in status (\w+_IN_PROGRESS)/.exec(message)
  const heat = /already has an action \((\w+)\) in progress/.exec(message)
  return aws?.[1] ?? (heat?.[1] === undefined ? undefined : `${heat[1]}_IN_PROGRESS`)
}

/**
 * Another detection of drift runs on the stack. AWS documents that one runs at a time, and not the text, which programs quote so.
 */
export function isDetecting({ code, message }: ServiceFailure): boolean {
  return code === 'ValidationError' && message.includes('Drift detection is already in progress')
}

/** An action that the service does not have, such as a newer one of AWS. */
export function isUnknownAction({ code, httpStatus }: ServiceFailure): boolean {
  return UNKNOWN_ACTION.includes(code) || httpStatus === 501
}

const UNKNOWN_ACTION = ['InvalidAction', 'UnknownOperation', 'UnknownOperationException', 'NotImplemented']

export function isProtected({ message }: ServiceFailure): boolean {
  return message.includes('TerminationProtection is enabled')
}

/** Converts the SDK's error: a kind, and a text without parameters or secrets. */
export function toCloudError(error: unknown, action: string, secrets: Secrets): CloudError {
  if (error instanceof CloudError) return error
  const forbidden = causesOf(error).find((cause) => cause instanceof ForbiddenAddressError)
  if (forbidden !== undefined)
    return new CloudError('rejected', `The endpoint ${forbidden.message}`, { cause: error })
  const failure = serviceFailure(error)
  if (failure === undefined) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_CHAR')
      return new CloudError('denied', `AWS ${action}: ${UNSENDABLE_KEY}`, { cause: error })
    const unreadable = isUnreadable(error)
    const text = secrets.mask(`AWS ${action} ${unreadable ? unreadableIn(error) : noAnswerIn(error)}`)
    return error instanceof Error && DENIED.includes(error.name)
      ? new CloudError('denied', text, { cause: error, unreadable })
      : connectionFailure(text, error, 'RegionId or Endpoint', { unreadable, regions: AWS_REGIONS })
  }
  const message = secrets.mask(`AWS ${action}: ${saidIn(failure)}${adviceOn(failure)}`)
  const foreign = isOfProxy(failure) ? foreignAnswer(failure.httpStatus ?? 500) : undefined
  const lasting = foreign?.lasting ?? failure.httpStatus === 501
  return new CloudError(foreign?.kind ?? kindOf(failure), message, { cause: error, lasting })
}

/** Whether the answer names no error of the service: the SDK's own names for that. */
function isOfProxy({ code, httpStatus }: ServiceFailure): boolean {
  return UNNAMED.test(code) || (httpStatus === 404 && code === 'NotFound')
}

const UNNAMED = /^Unknown(?:Error)?$/

function noAnswerIn(error: unknown): string {
  return `gave no answer: ${error instanceof Error ? error.message : 'an unknown error'}`
}

/** The SDK's own text is for programmers, and does not say that a proxy may have sent the answer. */
function unreadableIn(error: unknown): string {
  const status = unreadableStatus(error)
  return `was answered with ${status === undefined ? '' : `HTTP ${String(status)} and `}what is no answer of AWS: check RegionId, Endpoint and the proxies`
}

function unreadableStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$response' in error)) return undefined
  const response = error.$response
  return typeof response === 'object' &&
    response !== null &&
    'statusCode' in response &&
    typeof response.statusCode === 'number'
    ? response.statusCode
    : undefined
}

/** The answer of a server in between names no error of CloudFormation: only its HTTP status is known. */
function saidIn({ code, message, httpStatus }: ServiceFailure): string {
  if (httpStatus === undefined) return `${code}: ${message}`
  const status = `HTTP ${String(httpStatus)}`
  if (UNNAMED.test(code)) return `${status}: it did not say why`
  return httpStatus < 500 ? `${code}: ${message}` : `${status}: ${code}: ${message}`
}

/** What AWS's text does not say. */
function adviceOn({ code, message }: ServiceFailure): string {
  const stop = /[.!?]$/.test(message) ? '' : '.'
  if (message.includes('[on-failure: DO_NOTHING]')) return `${stop} ${KEPT_ADVICE}`
  switch (code) {
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return (
        `${stop} AWS says this of unknown keys, of a region that the account has not enabled (opt-in regions), and of ` +
        "keys of another partition, such as China's or GovCloud's"
      )
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return `${stop} Temporary keys must last as long as the operation: AssumeRole is renewed, SecurityToken is not`
    default:
      return ''
  }
}

export function isAccessDenied(error: unknown): boolean {
  return ['AccessDenied', 'AccessDeniedException'].includes(serviceFailure(error)?.code ?? '')
}

/**
 * Whether the error may mean that a role's session is no longer valid. `isNew`: the session was requested for this event; a
 * denial is then about the role's rights.
 */
export function isRefusedSession(error: unknown, { isNew }: { readonly isNew: boolean }): boolean {
  const code = serviceFailure(error)?.code ?? ''
  return EXPIRED.includes(code) || (!isNew && DENIED.includes(code))
}

const EXPIRED = ['ExpiredToken', 'ExpiredTokenException']

/** The only user text in a header. */
const UNSENDABLE_KEY =
  'the key id or the security token holds a character that cannot be sent, such as a line break'

function kindOf({ code, message, httpStatus }: ServiceFailure): CloudError['kind'] {
  if (THROTTLED.includes(code) || httpStatus === 429 || message === 'Rate exceeded') return 'throttled'
  if (DENIED.includes(code)) return 'denied'
  if (httpStatus === undefined || httpStatus >= 500) return 'unavailable'
  if (httpStatus === 408 || PASSING.includes(code)) return 'unavailable'
  // AWS may not know a new role or policy everywhere yet.
  return message.includes('is invalid or cannot be assumed') ? 'unavailable' : 'rejected'
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}
