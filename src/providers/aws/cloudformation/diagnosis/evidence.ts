import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import type { Readings } from '../../../diagnosis/readings.ts'
import { basicConfig } from '../basic-config.ts'
import { variantOf } from '../endpoints.ts'
import type { SessionSetup } from '../session-setup.ts'
import { DeniedCalls } from './denied-calls.ts'
import { FunctionLog } from './function-log.ts'
import type { AwsClassifiedEvent } from './classified-events.ts'
import type { ClientConfig, EvidenceSource, EvidenceSourceSetup } from './evidence-source.ts'
import { ServiceEvents } from './service-events.ts'

/** Causes about which other services are asked. The likely one is the first. */
const MOST_CAUSES = 10

/** What other services of AWS say about the causes, by the causes' paths. */
export class AwsEvidence {
  readonly #sources: readonly EvidenceSource[]

  constructor(setup: SessionSetup, readings: Readings) {
    const { secrets, network } = setup.surroundings
    const given: EvidenceSourceSetup = {
      secrets,
      readings,
      network,
      sha256: setup.client.config.sha256,
      configFor: (variable) => configFor(setup, variable),
    }
    this.#sources = [new FunctionLog(given), new ServiceEvents(given), new DeniedCalls(given)]
  }

  async of(
    classifiedEvents: readonly AwsClassifiedEvent[],
  ): Promise<ReadonlyMap<string, readonly Evidence[]>> {
    const evidence = new Map<string, readonly Evidence[]>()
    const causes = classifiedEvents.filter(
      ({ failure, isValidation }) => failure === 'cause' && isValidation !== true,
    )
    for (const cause of causes.slice(0, MOST_CAUSES)) {
      const began = classifiedEvents.find(({ path }) => path === cause.path)?.at ?? cause.at
      const found: Evidence[] = []
      for (const source of this.#sources) found.push(...(await source.ask(cause, began)))
      evidence.set(cause.path, [...(evidence.get(cause.path) ?? []), ...found])
    }
    return evidence
  }
}

/**
 * An endpoint that the properties or the environment name serves every service, as those of emulators do; AWS's own are the
 * SDK's, for the region that the provider has checked.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
async function configFor(
  { client, connection, surroundings: { environment, network } }: SessionSetup,
  variable: string,
): Promise<ClientConfig> {
  const region = await client.config.region()
  const named = [
    connection.Endpoint,
    environment[`AWS_ENDPOINT_URL_${variable}`],
    environment['AWS_ENDPOINT_URL'],
  ]
  const endpoint = named.find((one) => one !== undefined && one !== '')
  const { dualStack, fips } = variantOf(connection, environment)
  return {
    ...basicConfig(region, network),
    useDualstackEndpoint: dualStack,
    useFipsEndpoint: fips,
    credentials: client.config.credentials,
    ...(endpoint === undefined ? {} : { endpoint }),
  }
}
