import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock } from '../../../platform/clock.ts'
import type { EmbeddedCloud } from '../../embedded-cloud.ts'
import { Faults, type FaultKind } from '../../faults.ts'
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
import { SandboxCloud } from './cloud.ts'
import { answerQueryCall } from './query-call.ts'
import { QueryRequest, type XmlValue } from './query-protocol.ts'
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
  const { clouds, cloudIn, evidenceIn } = regionsOf(options, clock)
  const cloud = cloudIn(region)
  const times = () => ({ ofSignatures: (options.signatureClock ?? clock).now(), ofKeys: clock.now() })
  const tokens = new SandboxTokenService(new TemporaryKeys<SandboxKey>(clock, (key) => keys.push(key)))
  const faults = new Faults()
  const calls: string[] = []
  let queryCalls = 0

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const signed = signedRequest(incoming, body)
    const place = { region: regionSignedFor(signed) ?? region, accountId: SANDBOX_ACCOUNT }
    const keyFor = (service: string) => () => verifySignature(signed, keys, service, times())
    const noted = (action: string): FaultKind | undefined => {
      calls.push(action)
      return faults.take(action)
    }

    const functionName = functionAskedIn(incoming)
    if (functionName !== undefined) {
      const action = 'GetFunctionConfiguration'
      const call = { action, functionName, fault: noted(action) } as const
      answerLambdaCall(call, { store: evidenceIn(place.region), ...place }, keyFor('lambda'), response)
      return
    }
    const call = jsonCallIn(incoming)
    if (call !== undefined) {
      const services = new JsonServices(evidenceIn(place.region), place)
      answerJsonCall({ call, body, fault: noted(call.action) }, services, keyFor(call.service), response)
      return
    }
    const request = new QueryRequest(body.toString())
    const service = request.version === STS_VERSION ? 'sts' : 'cloudformation'
    queryCalls += 1
    const requestId = numberedUuid(queryCalls, '9000')
    const act = (key: SandboxKey): XmlValue =>
      service === 'sts' ? tokens.act(request, key, place.region) : cloudIn(place.region).act(request)
    answerQueryCall(
      { request, service, region: place.region, requestId, fault: noted(request.action) },
      { keyOf: keyFor(service), act },
      incoming,
      response,
    )
  }

  const server = createServer((incoming, response) => void handle(incoming, response))
  const listening = await listen(server, options.port)
  const [key = SANDBOX_KEY] = keys
  return { url: listening.url, region, key, cloud, clouds, faults, calls, close: () => listening.close() }
}

/** What each region has, made when the region is first used. Names and templates are the account's. */
function regionsOf({ resourceDelayMs, eventsPerPage, note }: SandboxCloudFormationOptions, clock: Clock) {
  const shared = {
    clock,
    accountId: SANDBOX_ACCOUNT,
    resourceDelayMs: resourceDelayMs ?? 300,
    eventsPerPage: eventsPerPage ?? 100,
    note: onceEach(note ?? (() => undefined)),
    names: new Set<string>(),
    templates: new Map<string, string>(),
  }
  const clouds = new Map<string, SandboxCloud>()
  const evidences = new Map<string, EvidenceStore>()
  const evidenceIn = (region: string): EvidenceStore => {
    const evidence = evidences.get(region) ?? new EvidenceStore(clock)
    evidences.set(region, evidence)
    return evidence
  }
  const cloudIn = (region: string): SandboxCloud => {
    const cloud = clouds.get(region) ?? new SandboxCloud({ ...shared, region, evidence: evidenceIn(region) })
    clouds.set(region, cloud)
    return cloud
  }
  return { clouds, cloudIn, evidenceIn }
}
