import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import type { Readings } from '../../../diagnosis/readings.ts'
import type { basicConfig } from '../basic-config.ts'
import type { SessionSetup } from '../session-setup.ts'
import type { AwsHappening } from './happenings.ts'

/** Something that another service tells of a failure. */
export interface Witness {
  /** Empty where it knows nothing of the failure. */
  ask(cause: AwsHappening, began: number): Promise<readonly Evidence[]>
}

/** What a witness needs to make its client. */
export interface WitnessSetup {
  readonly secrets: SessionSetup['surroundings']['secrets']
  readonly readings: Readings
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
