import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultKind } from '../../faults.ts'
import { answerAsProxy, GARBAGE } from '../../faulty-answer.ts'
import { sandboxUserArn } from '../partition.ts'
import { errorXml, QueryError, successXml, type QueryRequest, type XmlValue } from './query-protocol.ts'
import type { SandboxKey } from './signature.ts'

export interface QueryCall {
  readonly request: QueryRequest
  readonly service: 'cloudformation' | 'sts'
  readonly region: string
  readonly requestId: string
  readonly fault: FaultKind | undefined
}

/** What carries a call out. */
export interface QueryService {
  /** Throws `QueryError` where the signature is wrong. */
  keyOf(): SandboxKey
  /** Throws `QueryError` for what the service refuses. */
  act(key: SandboxKey): XmlValue
}

const NAMESPACES = {
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
} as const

/** Answers one call of CloudFormation or STS, or applies its fault. */
export function answerQueryCall(
  call: QueryCall,
  service: QueryService,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const { request, requestId, fault } = call
  const namespace = NAMESPACES[call.service]
  if (fault === 'reset-before') {
    incoming.socket.destroy()
    return
  }
  if (answerAsProxy(fault, response)) return
  try {
    const key = service.keyOf()
    failAsAService(fault)
    if (key.deniedActions?.includes(request.action) === true) throw accessDenied(call, key.accountId)
    const result = service.act(key)
    if (fault === 'reset-after') incoming.socket.destroy()
    else
      send(
        response,
        200,
        fault === 'garbage' ? GARBAGE : successXml(request.action, result, requestId, namespace),
      )
  } catch (error) {
    const failure =
      error instanceof QueryError
        ? error
        : new QueryError('InternalFailure', error instanceof Error ? error.message : 'unknown', 500)
    send(response, failure.httpStatus, errorXml(failure, requestId, namespace))
  }
}

/** AWS authorizes a call before it checks whether the stack exists. */
function accessDenied({ service, request, region }: QueryCall, accountId: string): QueryError {
  const user = sandboxUserArn({ region, accountId })
  const message = `User: ${user} is not authorized to perform: ${service}:${request.action}`
  return new QueryError('AccessDenied', message, 403)
}

function failAsAService(fault: FaultKind | undefined): void {
  if (fault === 'throttle') throw new QueryError('Throttling', 'Rate exceeded')
  if (fault === 'internal-error')
    throw new QueryError(
      'InternalFailure',
      'The request processing has failed because of an unknown error.',
      500,
    )
}

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(xml)
}
