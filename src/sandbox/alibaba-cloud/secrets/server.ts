import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { Faults } from '../../faults.ts'
import { answerWithFault } from '../../faulty-answer.ts'
import { sendJson } from '../../json-response.ts'
import { listen } from '../../loopback-server.ts'
import { numberedUuid } from '../../numbered-uuid.ts'
import { readBody } from '../../request-body.ts'
import { signedRequest } from '../../signed-request.ts'
import { RpcError, rpcRequestOf, type RpcRequest } from '../ros/rpc.ts'
import { SignatureCheck, type SandboxKey } from '../ros/signature.ts'
import { EncryptedParameters } from './encrypted-parameters.ts'
import { GenericSecrets, type SandboxSecret } from './generic-secrets.ts'

/** The version of KMS's API. */
const KMS = '2016-01-20'
/** The version of OOS's API. */
const OOS = '2019-06-01'

export interface SandboxSecretsOptions {
  readonly keys: readonly SandboxKey[]
  /** For checks of signatures and of key expiry; the system's by default. */
  readonly clock?: Clock
}

export interface SandboxSecrets {
  readonly url: string
  /** KMS's secrets, by name. */
  readonly secrets: Map<string, SandboxSecret>
  /** The values of OOS's encrypted parameters, by name. */
  readonly parameters: Map<string, string>
  /** Their tags. */
  readonly tags: Map<string, JsonObject>
  /** Names that the lists do not show yet. */
  readonly unlisted: Set<string>
  readonly faults: Faults
  /** Action and name of each call, in order. */
  readonly calls: readonly string[]
  close(): Promise<void>
}

/**
 * KMS and OOS on loopback: the calls for KMS's generic secrets, and for OOS's encrypted parameters. Signatures, versions and
 * parameters are checked as the pages say.
 */
export async function startSandboxSecrets({
  keys,
  clock = systemClock,
}: SandboxSecretsOptions): Promise<SandboxSecrets> {
  const secrets = new Map<string, SandboxSecret>()
  const parameters = new Map<string, string>()
  const tags = new Map<string, JsonObject>()
  const unlisted = new Set<string>()
  const kms = new GenericSecrets(secrets, unlisted, clock)
  const oos = new EncryptedParameters(parameters, tags, unlisted)
  const actions = actionsOf(kms, oos)
  const faults = new Faults()
  const calls: string[] = []
  const signatures = new SignatureCheck()

  const answer = (request: RpcRequest, key: SandboxKey): JsonObject => {
    if (key.denied?.includes(request.action) === true)
      throw new RpcError(403, 'Forbidden.NoPermission', 'This operation is forbidden by permission system.')
    const act = actions.get(`${request.action} ${request.version}`)
    if (act === undefined) throw new RpcError(404, 'InvalidAction.NotFound', 'Specified api is not found.')
    return act(request)
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const request = rpcRequestOf(incoming, body)
    calls.push(`${request.action} ${request.text('SecretName') ?? request.text('Name') ?? ''}`)
    const RequestId = numberedUuid(calls.length, '9000')
    const fail = ({ httpStatus, code: Code, message: Message }: RpcError) => {
      sendJson(response, httpStatus, { RequestId, HostId: 'sandbox', Code, Message })
    }
    answerWithFault(faults.take(request.action), incoming, response, {
      answer: () => {
        try {
          const key = signatures.verify(signedRequest(incoming, body), keys, clock.now())
          sendJson(response, 200, { RequestId, ...answer(request, key) })
        } catch (error) {
          if (!(error instanceof RpcError)) throw error
          fail(error)
        }
      },
      internalError: () => {
        fail(new RpcError(500, 'InternalFailure', 'Internal Failure.'))
      },
      throttle: () => {
        fail(new RpcError(request.version === KMS ? 429 : 400, 'Rejected.Throttling', 'QPS Limit Exceeded.'))
      },
    })
  }

  const listening = await listen(createServer((incoming, response) => void handle(incoming, response)))
  const { url } = listening
  return { url, secrets, parameters, tags, unlisted, faults, calls, close: () => listening.close() }
}

/** By action and version. */
function actionsOf(
  kms: GenericSecrets,
  oos: EncryptedParameters,
): ReadonlyMap<string, (request: RpcRequest) => JsonObject> {
  return new Map<string, (request: RpcRequest) => JsonObject>([
    [`GetSecretValue ${KMS}`, (request) => kms.value(request)],
    [`CreateSecret ${KMS}`, (request) => kms.create(request)],
    [`PutSecretValue ${KMS}`, (request) => kms.put(request)],
    [`DescribeSecret ${KMS}`, (request) => kms.describe(request)],
    [`DeleteSecret ${KMS}`, (request) => kms.delete(request)],
    [`ListSecrets ${KMS}`, (request) => kms.list(request)],
    [`GetSecretParameter ${OOS}`, (request) => oos.get(request)],
    [`CreateSecretParameter ${OOS}`, (request) => oos.create(request)],
    [`UpdateSecretParameter ${OOS}`, (request) => oos.update(request)],
    [`DeleteSecretParameter ${OOS}`, (request) => oos.delete(request)],
    [`ListSecretParameters ${OOS}`, (request) => oos.list(request)],
  ])
}
