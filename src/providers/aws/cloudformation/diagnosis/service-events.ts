import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs'
import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import type { AwsClassifiedEvent } from './classified-events.ts'
import {
  propertiesOf,
  ServiceCalls,
  spanOf,
  type Span,
  type EvidenceSource,
  type EvidenceSourceSetup,
} from './evidence-source.ts'

const SERVICE_TYPE = 'AWS::ECS::Service'
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html: the longer form has the cluster. */
const SERVICE = /^arn:[a-z-]{3,20}:ecs:[a-z0-9-]{5,30}:\d{12}:service\/(?:([\w-]{1,255})\/)?[\w-]{1,255}$/
/** ECS shows at most 100. */
const MOST_EVENTS = 30

/**
 * The events of an ECS service, which say why its tasks do not start.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
 */
export class ServiceEvents implements EvidenceSource {
  readonly #setup: EvidenceSourceSetup
  readonly #ecs: ServiceCalls<ECSClient>

  constructor(setup: EvidenceSourceSetup) {
    this.#setup = setup
    this.#ecs = new ServiceCalls(setup, 'ECS', (config) => new ECSClient(config))
  }

  async ask(cause: AwsClassifiedEvent, began: number): Promise<readonly Evidence[]> {
    if (cause.type !== SERVICE_TYPE) return []
    const service = cause.physicalId ?? ''
    const found = SERVICE.exec(service)
    if (found === null) return []
    const given = propertiesOf(cause)['Cluster']
    const cluster = found[1] ?? (typeof given === 'string' ? given : 'default')
    const right = { action: 'ecs:DescribeServices', tells: `the events of ${service}`, otherwise: [] }
    return this.#setup.readings.tried<readonly Evidence[]>(right, () =>
      this.#events(service, cluster, spanOf(cause, began)),
    )
  }

  async #events(service: string, cluster: string, { from, to }: Span): Promise<readonly Evidence[]> {
    const command = new DescribeServicesCommand({ cluster, services: [service] })
    const { services = [] } = await this.#ecs.ask('DescribeServices', (client) => client.send(command))
    const [{ events = [] } = {}] = services
    if (events.length === 0)
      this.#setup.readings.note(`ECS shows no events of ${service}: a rollback may have deleted it.`)
    return events
      .flatMap(({ createdAt, message = '' }) => {
        const at = createdAt?.getTime()
        if (at === undefined || at < from || at > to) return []
        return [{ source: 'ECS service event', at, text: message }]
      })
      .sort((one, other) => one.at - other.at)
      .slice(-MOST_EVENTS)
  }
}
