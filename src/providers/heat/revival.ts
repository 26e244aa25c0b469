import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { CloudError, type Watch } from '../provider.ts'
import { DEEPEST_NESTING, type HeatClient, type HeatStack, type NameAndId } from './client.ts'

/** After an outage, how long a stack may stand still before its engine is taken to have forgotten it. */
const QUIET_MS = 30_000

/** Since when nothing has happened, and how one would know that something has. */
interface Quiet {
  readonly outages: number
  readonly event: string | undefined
  readonly since: EpochMs
}

/**
 * A Heat that goes down forgets what it was at work on: when it is back, the stack stays IN_PROGRESS for ever. Asked for
 * the same once more, it takes the work up where it was left, so after an outage this is done once to a stack that shows
 * no new event for a while. To an engine that was only out of reach, and is still at it, it does no harm.
 */
export class Revival {
  readonly #client: HeatClient
  readonly #clock: Clock
  readonly #log: Logger
  /** The outages that have been seen to. */
  #settled = 0
  #quiet: Quiet | undefined

  constructor(client: HeatClient, { clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#client = client
    this.#clock = clock
    this.#log = log
  }

  /** Heat answers, and the operation is under way: is anything happening? */
  async look(watch: Watch, place: NameAndId, stack: HeatStack): Promise<void> {
    if (this.#client.outages === this.#settled) return
    const nestedDepth = DEEPEST_NESTING
    const [newest] = await this.#client.events(place, { limit: 1, nestedDepth })
    const now = this.#clock.now()
    const still = { outages: this.#client.outages, event: newest?.id }
    if (this.#quiet?.outages !== still.outages || this.#quiet.event !== still.event) {
      this.#quiet = { ...still, since: now }
      return
    }
    if (now - this.#quiet.since < QUIET_MS) return
    this.#settled = this.#client.outages
    await this.#revive(watch, place, stack)
  }

  async #revive({ kind }: Watch, place: NameAndId, stack: HeatStack): Promise<void> {
    this.#log.warn({ stackStatus: stack.stack_status }, 'the stack stands still after an outage of Heat')
    try {
      if (kind === 'delete') await this.#client.delete(place)
      // An update that can be rolled back would lose what to go back to.
      else if (kind === 'create' || stack.disable_rollback !== false)
        await this.#client.update('PATCH', place, {})
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      this.#log.warn({ err: error }, 'Heat does not take the operation up again')
    }
  }
}
