import type { Clock, EpochMs } from '../../../platform/clock.ts'
import type { Logger } from '../../../platform/log.ts'
import { CloudError, type Watch } from '../../provider.ts'
import { DEEPEST_NESTING, type HeatClient, type NameAndId } from './client.ts'
import type { HeatStack } from './response-schemas.ts'
import { readMarker, type Marker, type QuietPeriod } from './marker.ts'

/** How long a stack may show no new event after an outage, before the bridge asks Heat to resume the operation. */
const QUIET_AFTER_OUTAGE_MS = 30_000
/** The same after an outage that no process may have seen, between two invocations of the function. */
const QUIET_UNSEEN_MS = 600_000

/**
 * A Heat engine that restarts loses its running operations: their stacks stay IN_PROGRESS for ever. The same request
 * once more makes it resume the operation. So after an outage the bridge sends that request once for a stack that shows
 * no new event for a while. It does no harm to an engine that was only unreachable and still works. The marker keeps
 * what is known of the quiet time, so that the next process knows it too.
 */
export class Revival {
  readonly #client: HeatClient
  readonly #clock: Clock
  readonly #log: Logger
  readonly #isResumed: boolean
  /** The number of outages after which the stack was resumed. */
  #settled = 0

  /** `isResumed`: another process has polled the stack before. */
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

  /**
   * Call it after a poll that sees the operation at work: it checks for new events. Returns the marker for the next
   * poll.
   */
  async afterPoll(watch: Watch, place: NameAndId, stack: HeatStack): Promise<Marker> {
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
      // A second update would lose the state to which the first one can roll back.
      else if (kind === 'create' || stack.disable_rollback !== false)
        await this.#client.update('PATCH', place, {})
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      this.#log.warn({ err: error }, 'Heat does not take the operation up again')
    }
  }
}

function quietOf(outages: number, event: string | undefined, since: EpochMs): QuietPeriod {
  return { outages, since, ...(event === undefined ? {} : { event }) }
}
