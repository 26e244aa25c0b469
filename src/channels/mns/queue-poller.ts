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
  /** Resolves when the event has been answered; with `undefined` if it could not be taken. */
  readonly serve: (event: Uint8Array, sentAt: EpochMs | undefined) => Promise<Served | undefined>
  /** Polls the foreign stack once and answers an event that was delivered too often. */
  readonly giveUp: (event: Uint8Array, reason: string) => Promise<Served>
  /** Answers an event whose `giveUp` failed too. Does nothing else with the event. */
  readonly refuse: (event: Uint8Array, reason: string) => Promise<Served>
  /** Whether this process serves the event already: a second answer must not be sent. */
  readonly isServed: (event: Uint8Array) => boolean
  /** Resolves when further events can begin soon: until then, messages stay for other servers. Never rejects. */
  readonly turn: () => Promise<void>
}

export interface QueuePoller {
  /** Receives no more messages. Resolves when the running receive has ended. */
  stop(): Promise<void>
}

/** How long a message is hidden from other consumers. The poller extends this when half of it has passed. */
const HIDDEN_SECONDS = 60
const PAUSE_AFTER_ERROR_MS = 5000
/** A message that was delivered more often has probably ended several processes. */
const MOST_DELIVERIES = 10

/**
 * Receives messages from a queue until `stop`. A message stays hidden while its event is served, and is removed when the
 * event has been answered. If this process ends before that, the message becomes visible again.
 */
export function pollQueue(options: QueuePollerOptions): QueuePoller {
  const { queue, clock, log } = options
  const stopped = new AbortController()
  const { signal } = stopped
  // Each message that is being served adds a listener.
  setMaxListeners(0, signal)
  const poll = async (): Promise<void> => {
    const isStopped = () => signal.aborted
    while (!isStopped()) {
      try {
        await options.turn()
        if (isStopped()) return
        for (const message of await queue.receive(signal))
          void finish(serveAll(message, options), deliveryOf(message), options, signal)
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

/** A message without its body: an event may take minutes or hours, and its message is not kept in memory that long. */
type Delivery = Pick<QueueMessage, 'id' | 'receiptHandle' | 'deliveries'>

function deliveryOf({ id, receiptHandle, deliveries }: QueueMessage): Delivery {
  return { id, receiptHandle, deliveries }
}

/** One result for each event of the message. */
async function serveAll(
  message: QueueMessage,
  options: QueuePollerOptions,
): Promise<readonly (Served | undefined)[]> {
  return Promise.all(eventsIn(Buffer.from(message.body)).map((event) => serve(event, message, options)))
}

/** Removes the message when its events have been answered. Never throws. */
async function finish(
  serving: Promise<readonly (Served | undefined)[]>,
  delivery: Delivery,
  options: QueuePollerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { queue, log } = options
  const { id, deliveries } = delivery
  const hidden = keepHidden(delivery, options, signal)
  try {
    const served = await serving
    // The message becomes visible again, so that another process can take it.
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

/** Extends the time for which a message is hidden until `stop`, which resolves with the newest receipt handle. */
function keepHidden(
  { id, receiptHandle: received }: Delivery,
  { queue, clock, log }: QueuePollerOptions,
  signal: AbortSignal,
): { readonly stop: () => Promise<string> } {
  const over = new AbortController()
  const until = AbortSignal.any([over.signal, signal])
  let receiptHandle = received
  const hide = async (): Promise<void> => {
    // The first extension is at once: the queue's own VisibilityTimeout may be as short as one second.
    for (let pause = 0; ; pause = (HIDDEN_SECONDS * 1000) / 2) {
      try {
        await clock.sleep(pause, until)
      } catch (error) {
        if (!until.aborted) throw error
        // Stopped: the event is answered, or another process is to receive the message.
        return
      }
      try {
        receiptHandle = await queue.hide(receiptHandle, HIDDEN_SECONDS)
      } catch (error) {
        log.warn({ err: error, messageId: id }, 'a message could not be hidden any longer')
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
