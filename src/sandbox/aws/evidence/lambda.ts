import type { IncomingMessage, ServerResponse } from 'node:http'
import { QueryError } from '../cloudformation/query-protocol.ts'
import type { SandboxKey } from '../cloudformation/signature.ts'
import type { FaultKind } from '../../faults.ts'
import { partitionOf, sandboxUserArn } from '../partition.ts'
import type { EvidenceStore } from './evidence-store.ts'

/** A call of Lambda's API. */
export interface LambdaCall {
  readonly action: 'GetFunctionConfiguration'
  readonly functionName: string
  readonly fault: FaultKind | undefined
}

/**
 * The function whose configuration is asked for; `undefined` for any other request.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export function functionAskedIn({ method, url = '' }: IncomingMessage): string | undefined {
  if (method !== 'GET') return undefined
  return /^\/2015-03-31\/functions\/([A-Za-z0-9_-]{1,64})\/configuration$/.exec(url)?.[1]
}

interface LambdaPlace {
  readonly store: EvidenceStore
  readonly region: string
  readonly accountId: string
}

/** `keyOf` throws where the signature is wrong. */
export function answerLambdaCall(
  { action, functionName, fault }: LambdaCall,
  { store, region, accountId }: LambdaPlace,
  keyOf: () => SandboxKey,
  response: ServerResponse,
): void {
  const arn = `arn:${partitionOf(region).name}:lambda:${region}:${accountId}:function:${functionName}`
  const send = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  try {
    const key = keyOf()
    if (fault === 'throttle') send(429, { Type: 'User', message: 'Rate Exceeded.' })
    else if (fault !== undefined) send(500, { Type: 'Service', Message: 'injected fault' })
    else if (key.deniedActions?.includes(action) === true)
      send(403, {
        Message: `User: ${sandboxUserArn({ region, accountId: key.accountId })} is not authorized to perform: lambda:${action} on resource: ${arn}`,
      })
    else {
      const LogGroup = store.functions.get(functionName)
      if (LogGroup === undefined) send(404, { Type: 'User', message: `Function not found: ${arn}` })
      else
        send(200, {
          FunctionName: functionName,
          FunctionArn: arn,
          LoggingConfig: { LogFormat: 'Text', LogGroup },
        })
    }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    send(error.httpStatus, { message: error.message })
  }
}
