import { setMaxListeners } from 'node:events'
import type { Served } from '../../bridge/host.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { eventsIn, type MessageEvent } from './message.ts'
import type { Queue, QueueMessage } from './queue.ts'

export interface QueuePollerOptions {
  readonly queue: Queue
  readonly clock: Clock
  readonly log: Logger
  /** Resolves when the event has been answered; `undefined` where it could not be taken. */
  readonly serve: (event: Uint8Array, sentAt: EpochMs | undefined) => Promise<Served | undefined>
  /** Answers an event that was delivered too often, after one look at the foreign stack. */
  readonly giveUp: (event: Uint8Array, reason: string) => Promise<Served>
  /** Answers an event that did not survive even that, and does nothing else with it. */
  readonly refuse: (event: Uint8Array, reason: string) => Promise<Served>
  /** Whether the event is being served here: a second answer would be one too many. */
  readonly isServed: (event: Uint8Array) => boolean
}

/** How long a message is hidden from others at a time; it is hidden anew when half of that has passed. */
const HIDDEN_SECONDS = 60
const PAUSE_AFTER_ERROR_MS = 5000
/** By then the event has ended several processes. */
const MOST_DELIVERIES = 10

/**
 * Takes messages from a queue until `stop`. Each stays hidden while its event is served, and is removed once it has been
 * answered: what this process leaves behind appears again.
 */
export function pollQueue(options: QueuePollerOptions): { stop(): Promise<void> } {
  const { queue, clock, log } = options
  const stopped = new AbortController()
  const { signal } = stopped
  // One for each message that is being served.
  setMaxListeners(0, signal)
  const poll = async (): Promise<void> => {
    const isStopped = () => signal.aborted
    while (!isStopped()) {
      try {
        for (const message of await queue.receive(signal)) void handle(message, options, signal)
      } catch (error) {
        if (isStopped()) return
        log.error({ err: error }, 'the queue cannot be read')
        await clock.sleep(PAUSE_AFTER_ERROR_MS, signal).catch(() => undefined)
      }
    }
  }
  const polling = poll()
  return {
    stop() {
      stopped.abort()
      return polling
    },
  }
}

/** Never throws. */
async function handle(
  message: QueueMessage,
  options: QueuePollerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { queue, log } = options
  const { id, deliveries } = message
  const hidden = keepHidden(message, options, signal)
  try {
    const served = await Promise.all(
      eventsIn(Buffer.from(message.body)).map((event) => serve(event, message, options)),
    )
    // It appears again, to whoever can take it.
    if (served.includes(undefined)) return
    if (served.length === 0 || served.some((one) => one?.kind === 'unanswerable'))
      log.error(
        { messageId: id, deliveries },
        'a message holds no event that could be answered: it is removed',
      )
    const receiptHandle = await hidden.stop()
    await queue.remove(receiptHandle)
  } catch (error) {
    log.error({ err: error, messageId: id }, 'a message could not be removed: it will come again')
  } finally {
    await hidden.stop()
  }
}

function serve(
  event: MessageEvent,
  { deliveries, sentAt }: QueueMessage,
  options: QueuePollerOptions,
): Promise<Served | undefined> {
  if (deliveries <= MOST_DELIVERIES || options.isServed(event.bytes))
    return options.serve(event.bytes, event.sentAt ?? sentAt)
  const reason = `The event was delivered ${String(deliveries)} times without an answer`
  return deliveries === MOST_DELIVERIES + 1
    ? options.giveUp(event.bytes, reason)
    : options.refuse(event.bytes, `${reason}.`)
}

/** Hides a message anew until `stop`, which resolves with the receipt handle that is valid then. */
function keepHidden(
  message: QueueMessage,
  { queue, clock, log }: QueuePollerOptions,
  signal: AbortSignal,
): { readonly stop: () => Promise<string> } {
  const over = new AbortController()
  const until = AbortSignal.any([over.signal, signal])
  let { receiptHandle } = message
  const hide = async (): Promise<void> => {
    // At once: how long the queue itself hides a message is its owner's choice, one second at least.
    for (let pause = 0; ; pause = (HIDDEN_SECONDS * 1000) / 2) {
      try {
        await clock.sleep(pause, until)
      } catch (error) {
        if (!until.aborted) throw error
        // Over: the message is answered, or another process is to have it.
        return
      }
      try {
        receiptHandle = await queue.hide(receiptHandle, HIDDEN_SECONDS)
      } catch (error) {
        log.warn({ err: error, messageId: message.id }, 'a message could not be hidden any longer')
      }
    }
  }
  const hiding = hide()
  return {
    async stop() {
      over.abort()
      await hiding
      return receiptHandle
    },
  }
}
