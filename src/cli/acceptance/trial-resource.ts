import type { JsonObject } from '../../platform/json.ts'
import type { EventAnswer } from '../local-stack/resource-steps.ts'
import type { ResourceEvent } from '../local-stack/stack-state.ts'
import type { Journal } from './journal.ts'

/** What a resource of a run needs. */
export interface TrialSurroundings {
  readonly journal: Journal
  /** The name of the cloud, or of the way to it, for the journal. */
  readonly subject: string
  /** Sends an event and waits for the bridge's answer. */
  readonly send: (event: ResourceEvent) => Promise<EventAnswer>
  readonly requestId: () => string
}

/** One custom resource of a run, as ROS would keep it. It is in the journal before its stack can exist, and until it is gone. */
export class TrialResource {
  readonly #surroundings: TrialSurroundings
  readonly #logicalId: string
  readonly #type: string
  #properties: JsonObject = {}
  #physicalResourceId: string | undefined

  constructor(surroundings: TrialSurroundings, logicalId: string, type: string) {
    this.#surroundings = surroundings
    this.#logicalId = logicalId
    this.#type = type
  }

  get physicalResourceId(): string | undefined {
    return this.#physicalResourceId
  }

  async create(properties: JsonObject): Promise<EventAnswer> {
    const former = this.#properties
    this.#properties = properties
    await this.#note()
    const answer = await this.#send('Create')
    if (answer.ok) this.#physicalResourceId = answer.physicalResourceId
    else if (this.#physicalResourceId !== undefined) this.#properties = former
    await this.#note()
    return answer
  }

  async update(properties: JsonObject): Promise<EventAnswer> {
    const answer = await this.#send('Update', { properties, oldProperties: this.#properties })
    if (answer.ok) {
      this.#properties = properties
      await this.#note()
    }
    return answer
  }

  /** `more`: properties of this Delete alone. `leaves`: the stack stays, and with it the entry in the journal. */
  async delete(more: JsonObject = {}, leaves = false): Promise<EventAnswer> {
    const answer = await this.#send('Delete', { properties: { ...this.#properties, ...more } })
    if (answer.ok && !leaves)
      await this.#surroundings.journal.strike({
        subject: this.#surroundings.subject,
        logicalId: this.#logicalId,
      })
    return answer
  }

  #note(): Promise<void> {
    return this.#surroundings.journal.note({
      subject: this.#surroundings.subject,
      logicalId: this.#logicalId,
      type: this.#type,
      properties: this.#properties,
      ...(this.#physicalResourceId === undefined ? {} : { physicalResourceId: this.#physicalResourceId }),
    })
  }

  #send(
    requestType: ResourceEvent['requestType'],
    more: Partial<Pick<ResourceEvent, 'properties' | 'oldProperties'>> = {},
  ): Promise<EventAnswer> {
    const id = requestType === 'Create' ? undefined : this.#physicalResourceId
    return this.#surroundings.send({
      requestType,
      requestId: this.#surroundings.requestId(),
      logicalId: this.#logicalId,
      type: this.#type,
      properties: this.#properties,
      ...more,
      ...(id === undefined ? {} : { physicalResourceId: id }),
    })
  }
}
