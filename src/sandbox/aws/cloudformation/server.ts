import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock } from '../../../platform/clock.ts'
import type { EmbeddedCloud } from '../../embedded-cloud.ts'
import { Faults, type FaultKind } from '../../faults.ts'
import { answerAsProxy, GARBAGE } from '../../faulty-answer.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { answerJsonCall, jsonCallIn } from '../evidence/json-protocol.ts'
import { answerLambdaCall, functionAskedIn } from '../evidence/lambda.ts'
import { JsonServices } from '../evidence/json-services.ts'
import { listen } from '../../loopback-server.ts'
import { onceEach, type NoteSink } from '../../notes.ts'
import { numberedUuid } from '../../numbered-uuid.ts'
import { readBody } from '../../request-body.ts'
import { signedRequest } from '../../signed-request.ts'
import { TemporaryKeys } from '../../temporary-keys.ts'
import { sandboxUserArn } from '../partition.ts'
import { SandboxCloud } from './cloud.ts'
import { errorXml, QueryError, QueryRequest, successXml } from './query-protocol.ts'
import { regionSignedFor, verifySignature, type SandboxKey } from './signature.ts'
import { SandboxTokenService } from './token-service.ts'

export interface SandboxCloudFormationOptions {
  /** A free one by default. */
  readonly port?: number
  readonly clock?: Clock
  readonly region?: string
  /** Milliseconds for each resource. */
  readonly resourceDelayMs?: number
  readonly eventsPerPage?: number
  readonly keys?: readonly SandboxKey[]
  /** The clock for the dates of signatures; `clock` by default. The AWS SDK signs with real time only. */
  readonly signatureClock?: Clock
  /** Receives what the sandbox invents; by default it is dropped. */
  readonly note?: NoteSink
}

/** `cloud` is that of `region`, the default one. */
export interface SandboxCloudFormation extends EmbeddedCloud<SandboxCloud, SandboxKey> {
  /** The clouds of the regions that have had requests, by region. */
  readonly clouds: ReadonlyMap<string, SandboxCloud>
}

export const SANDBOX_ACCOUNT = '123456789012'
export const SANDBOX_KEY: SandboxKey = {
  accessKeyId: 'AKIASANDBOXSANDBOX00',
  secretAccessKey: 'sandbox-secret-access-key-of-no-value-00',
  accountId: SANDBOX_ACCOUNT,
}

const CLOUDFORMATION = 'http://cloudformation.amazonaws.com/doc/2010-05-15/'
const STS = 'https://sts.amazonaws.com/doc/2011-06-15/'
const STS_VERSION = '2011-06-15'

/**
 * CloudFormation and STS on loopback, for the AWS SDK, and what CloudWatch Logs, ECS and CloudTrail tell of failures.
 * Signatures are checked, and operations take time. A request is served by the region that it is signed for.
 */
export async function startSandboxCloudFormation(
  options: SandboxCloudFormationOptions = {},
): Promise<SandboxCloudFormation> {
  const clock = options.clock ?? systemClock
  const region = options.region ?? 'us-east-1'
  const keys = [...(options.keys ?? [SANDBOX_KEY])]
  const shared = {
    clock,
    accountId: SANDBOX_ACCOUNT,
    resourceDelayMs: options.resourceDelayMs ?? 300,
    eventsPerPage: options.eventsPerPage ?? 100,
    note: onceEach(options.note ?? (() => undefined)),
    names: new Set<string>(),
    templates: new Map<string, string>(),
  }
  const clouds = new Map<string, SandboxCloud>()
  const evidences = new Map<string, EvidenceStore>()
  const evidenceIn = (one: string): EvidenceStore => {
    const evidence = evidences.get(one) ?? new EvidenceStore(clock)
    evidences.set(one, evidence)
    return evidence
  }
  const cloudIn = (one: string): SandboxCloud => {
    const cloud = clouds.get(one) ?? new SandboxCloud({ ...shared, region: one, evidence: evidenceIn(one) })
    clouds.set(one, cloud)
    return cloud
  }
  const cloud = cloudIn(region)
  const times = () => ({ ofSignatures: (options.signatureClock ?? clock).now(), ofKeys: clock.now() })
  const tokens = new SandboxTokenService(new TemporaryKeys<SandboxKey>(clock, (key) => keys.push(key)))
  const faults = new Faults()
  const calls: string[] = []
  let requests = 0

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const signed = signedRequest(incoming, body)
    const place = { region: regionSignedFor(signed) ?? region, accountId: SANDBOX_ACCOUNT }
    const functionName = functionAskedIn(incoming)
    if (functionName !== undefined) {
      const action = 'GetFunctionConfiguration'
      calls.push(action)
      answerLambdaCall(
        { action, functionName, fault: faults.take(action) },
        { store: evidenceIn(place.region), ...place },
        () => verifySignature(signed, keys, 'lambda', times()),
        response,
      )
      return
    }
    const jsonCall = jsonCallIn(incoming)
    if (jsonCall !== undefined) {
      calls.push(jsonCall.action)
      const keyOf = (): SandboxKey => verifySignature(signed, keys, jsonCall.service, times())
      answerJsonCall(
        { call: jsonCall, body, fault: faults.take(jsonCall.action) },
        new JsonServices(evidenceIn(place.region), place),
        keyOf,
        response,
      )
      return
    }
    const request = new QueryRequest(body.toString())
    const service = request.version === STS_VERSION ? 'sts' : 'cloudformation'
    const namespace = service === 'sts' ? STS : CLOUDFORMATION
    requests += 1
    const requestId = numberedUuid(requests, '9000')
    const fault = faults.take(request.action)
    calls.push(request.action)
    if (fault === 'reset-before') {
      incoming.socket.destroy()
      return
    }
    if (answerAsProxy(fault, response)) return
    try {
      const key = verifySignature(signed, keys, service, times())
      failAsAService(fault)
      if (key.deniedActions?.includes(request.action) === true)
        throw accessDenied(service, request.action, { ...place, accountId: key.accountId })
      const result =
        service === 'sts' ? tokens.act(request, key, place.region) : cloudIn(place.region).act(request)
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

  const server = createServer((incoming, response) => void handle(incoming, response))
  const listening = await listen(server, options.port)
  const [key = SANDBOX_KEY] = keys
  return { url: listening.url, region, key, cloud, clouds, faults, calls, close: () => listening.close() }
}

/** AWS authorizes a call before it checks whether the stack exists. */
function accessDenied(
  service: string,
  action: string,
  place: Parameters<typeof sandboxUserArn>[0],
): QueryError {
  const message = `User: ${sandboxUserArn(place)} is not authorized to perform: ${service}:${action}`
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
