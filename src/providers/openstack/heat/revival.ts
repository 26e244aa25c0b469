import type { Clock, EpochMs } from '../../../platform/clock.ts'
import type { Logger } from '../../../platform/log.ts'
import { CloudError, type Watch } from '../../provider.ts'
import { DEEPEST_NESTING, type HeatClient, type HeatStack, type NameAndId } from './client.ts'
import { readMarker, type Marker, type Quiet } from './marker.ts'

/** After an outage, how long a stack may stand still before its engine is taken to have forgotten it. */
const QUIET_AFTER_OUTAGE_MS = 30_000
/** The same where there may have been an outage that nobody saw, between one call of the function and the next. */
const QUIET_UNSEEN_MS = 600_000

/**
 * A Heat that goes down forgets what it was at work on: when it is back, the stack stays IN_PROGRESS for ever. Asked for
 * the same once more, it takes the work up where it was left, so after an outage this is done once to a stack that shows
 * no new event for a while. To an engine that was only out of reach, and is still at it, it does no harm. What is known of
 * the quiet goes into the marker, so that it outlives this process.
 */
export class Revival {
  readonly #client: HeatClient
  readonly #clock: Clock
  readonly #log: Logger
  readonly #isResumed: boolean
  /** The outages that have been seen to. */
  #settled = 0

  /** `isResumed`: another process has looked after the stack before. */
  constructor(
    client: HeatClient,
    { clock, log }: { readonly clock: Clock; readonly log: Logger },
    isResumed: boolean,
  ) {
    this.#client = client
    this.#clock = clock
    this.#log = log
    this.#isResumed = isResumed
  }

  /** Heat answers, and the operation is under way: is anything happening? Gives the marker for the next look. */
  async look(watch: Watch, place: NameAndId, stack: HeatStack): Promise<Marker> {
    const marker = readMarker(watch.marker)
    const { outages } = this.#client
    if (outages === this.#settled && !this.#isResumed) return marker
    const now = this.#clock.now()
    if (outages === this.#settled && now - (marker.revivedAt ?? 0) < QUIET_UNSEEN_MS) return marker
    const [newest] = await this.#client.events(place, { limit: 1, nestedDepth: DEEPEST_NESTING })
    const quiet = quietOf(outages, newest?.id, now)
    if (marker.quiet?.outages !== quiet.outages || marker.quiet.event !== quiet.event)
      return { ...marker, quiet }
    const patience = outages === this.#settled ? QUIET_UNSEEN_MS : QUIET_AFTER_OUTAGE_MS
    if (now - marker.quiet.since < patience) return marker
    this.#settled = outages
    await this.#revive(watch, place, stack)
    return { ...marker, quiet, revivedAt: now }
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

function quietOf(outages: number, event: string | undefined, since: EpochMs): Quiet {
  return { outages, since, ...(event === undefined ? {} : { event }) }
}
