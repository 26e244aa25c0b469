import { isJsonObject, parseJson, type JsonObject } from '../../../../platform/json.ts'
import type { EpochMs } from '../../../../platform/clock.ts'
import type { Network } from '../../../../platform/network.ts'
import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import type { Readings } from '../../../diagnosis/readings.ts'
import type { basicConfig } from '../basic-config.ts'
import { toCloudError } from '../cloud-error.ts'
import type { SessionSetup } from '../session-setup.ts'
import type { AwsClassifiedEvent } from './classified-events.ts'

/** What another service says about a failure. */
export interface EvidenceSource {
  /** Empty where it knows nothing of the failure. */
  ask(cause: AwsClassifiedEvent, began: EpochMs): Promise<readonly Evidence[]>
}

/** What a source needs to make its client. */
export interface EvidenceSourceSetup {
  readonly secrets: SessionSetup['surroundings']['secrets']
  readonly readings: Readings
  readonly network: Network
  readonly sha256: SessionSetup['client']['config']['sha256']
  /** A client's settings. `variable`: the service's name in `AWS_ENDPOINT_URL_…`. */
  readonly configFor: (variable: string) => Promise<ClientConfig>
}

export type ClientConfig = Omit<
  ReturnType<typeof basicConfig>,
  'useDualstackEndpoint' | 'useFipsEndpoint'
> & {
  readonly credentials: SessionSetup['client']['config']['credentials']
  readonly endpoint?: string
  readonly useDualstackEndpoint: boolean
  readonly useFipsEndpoint: boolean
}

/** CloudFormation shows a failure after its cause. */
const AFTER_MS = 60_000

export interface Span {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** The time in which the cause of a failure happened. `began`: of the resource's first event. */
export function spanOf({ at }: AwsClassifiedEvent, began: EpochMs): Span {
  return { from: began, to: at + AFTER_MS }
}

/** The properties as CloudFormation used them, with all functions resolved. */
export function propertiesOf({ event }: AwsClassifiedEvent): JsonObject {
  const text = 'ResourceProperties' in event ? event.ResourceProperties : undefined
  const parsed = typeof text === 'string' ? parseJson(Buffer.from(text)) : undefined
  return parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : {}
}

/** Calls of one service. Its client is made for the first one. */
export class ServiceCalls<Client> {
  readonly #setup: EvidenceSourceSetup
  readonly #variable: string
  readonly #create: (config: ClientConfig) => Client
  #client: Client | undefined

  constructor(setup: EvidenceSourceSetup, variable: string, create: (config: ClientConfig) => Client) {
    this.#setup = setup
    this.#variable = variable
    this.#create = create
  }

  /** Rejects with `CloudError`. */
  async ask<Answer>(action: string, call: (client: Client) => Promise<Answer>): Promise<Answer> {
    try {
      this.#client ??= this.#create(await this.#setup.configFor(this.#variable))
      return await call(this.#client)
    } catch (error) {
      throw toCloudError(error, action, this.#setup.secrets)
    }
  }
}
