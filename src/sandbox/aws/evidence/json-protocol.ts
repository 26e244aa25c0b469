import type { IncomingMessage, ServerResponse } from 'node:http'
import { isJsonObject, parseJson, type JsonValue } from '../../../platform/json.ts'
import { QueryError } from '../cloudformation/query-protocol.ts'
import type { SandboxKey } from '../cloudformation/signature.ts'
import type { FaultKind } from '../../faults.ts'
import { jsonCallOf, JsonServiceError, type JsonCall, type JsonServices } from './json-services.ts'

/**
 * The errors of a signature have other codes than in the Query protocol.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html
 */
const CODES: Readonly<Record<string, string>> = {
  InvalidClientTokenId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  ExpiredToken: 'ExpiredTokenException',
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
}

/** `undefined`: the request is of the Query protocol. */
export function jsonCallIn({ headers }: IncomingMessage): JsonCall | undefined {
  const target = headers['x-amz-target']
  return typeof target === 'string' ? jsonCallOf(target) : undefined
}

export interface AskedJson {
  readonly call: JsonCall
  readonly body: Uint8Array
  readonly fault: FaultKind | undefined
}

/** Answers one call of a service with the JSON protocol. `keyOf` throws where the signature is wrong. */
export function answerJsonCall(
  { call, body, fault }: AskedJson,
  services: JsonServices,
  keyOf: () => SandboxKey,
  response: ServerResponse,
): void {
  try {
    const key = keyOf()
    if (fault === 'throttle') throw new JsonServiceError('ThrottlingException', 'Rate exceeded')
    if (fault !== undefined) throw new JsonServiceError('ServiceUnavailableException', 'injected fault', 503)
    if (key.deniedActions?.includes(call.action) === true) throw denied(call, services.userArn(key.accountId))
    const parsed = parseJson(body)
    if (!parsed.ok || !isJsonObject(parsed.value))
      throw new JsonServiceError('SerializationException', 'The body is no JSON object')
    send(response, 200, services.act(call, parsed.value))
  } catch (error) {
    const failure = failureOf(error)
    send(response, failure.httpStatus, { __type: failure.code, message: failure.message })
  }
}

function denied({ service, action }: JsonCall, user: string): JsonServiceError {
  return new JsonServiceError(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${service}:${action} because no identity-based policy allows the action`,
  )
}

function failureOf(error: unknown): JsonServiceError {
  if (error instanceof JsonServiceError) return error
  if (error instanceof QueryError)
    return new JsonServiceError(CODES[error.code] ?? error.code, error.message, error.httpStatus)
  return new JsonServiceError('InternalFailure', error instanceof Error ? error.message : 'unknown', 500)
}

function send(response: ServerResponse, status: number, body: JsonValue): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
}
