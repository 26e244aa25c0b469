import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Invoked } from '../platform/function-compute.ts'
import type { PayloadLimits } from '../platform/limits/function-compute.ts'
import type { Logger } from '../platform/log.ts'
import type { Network } from '../platform/network.ts'
import type { OutputStores } from '../platform/output-store/output-store.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Settings } from '../platform/settings.ts'
import type { ProviderRegistry, StackSession } from '../providers/provider.ts'
import type { Progress } from './effects.ts'
import type { Crashes } from './guard.ts'
import type { DeliveryResult } from './lifecycle.ts'
import type { Verdict } from './operation.ts'

/** The process that an event arrives in. */
export interface Host {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly settings: Settings
  /** What is wrong with the environment. If anything is, every event is answered FAILED with this list. */
  readonly misconfiguration: readonly string[]
  readonly network: Network
  readonly registry: ProviderRegistry
  /** A logger that masks what is in `secrets` and puts `bindings` on each line. */
  log(secrets: Secrets, bindings: Readonly<Record<string, unknown>>): Logger
  /** Secrets of the process itself: masked in the log, and in no continuation. */
  readonly secrets?: readonly string[]
  /** Reads the variables whose values `STACKBRIDGE_SECRETS` keeps elsewhere; absent if it names none. */
  readonly secretSource?: SecretSource
  /** Where `StoredOutputs` are kept; absent where there is no such place. */
  readonly outputStores?: OutputStores
  /** When the process will be killed, where that is known. */
  readonly functionEndsAt?: EpochMs
  /** Whose time limit that is: the words after "Timed out by". By default the function's own. */
  readonly endsBy?: string
  /** When a queue or a journal took the event in, where that was before this process read it. */
  readonly arrivedAt?: EpochMs
  /** Receives the answer's JSON instead of the event's ResponseURL, which may then be missing. */
  readonly answerInPlace?: (body: string) => void
  /** Absent where nothing can continue an operation after this invocation. */
  readonly invokeSelf?: SelfInvocation
  /** What an event and a continuation may take; absent where payloads have no limit. */
  readonly payloadLimits?: PayloadLimits
  readonly crashes?: Crashes
  readonly watcher?: Watcher
}

/** Invokes the same function again, after a delay. */
export type SelfInvocation =
  | {
      readonly possible: true
      /**
       * `notBefore`, `deadline`: the operation's. An invocation that begins before `notBefore` waits for it; one that begins
       * after `deadline` can only answer. No attempt starts after `signal` has aborted.
       */
      invoke(invocation: {
        payload: Uint8Array
        delaySeconds: number
        taskId: string
        notBefore?: EpochMs
        deadline?: EpochMs
        signal?: AbortSignal
      }): Promise<Invoked>
    }
  | { readonly possible: false; readonly whyNot: string }

/** For people who watch an event being served. */
export interface Watcher {
  /** It reads the last events of the stack after the answer: the session's calls remain possible until the process ends. */
  readonly readsAfterAnswer?: true
  /** For each event and continuation whose provider is known, before its properties are read. */
  serves?(providerName: string): void
  /** `secrets`: the values that must be masked in all that the session reads. */
  opened(session: StackSession, providerName: string, secrets: Secrets): void
  progress(progress: Progress): void
  answering(verdict: Verdict): void
  /** After each request to a ResponseURL. */
  attempted?(url: 'public' | 'intranet', accepted: boolean): void
  /** After each delivery, which may have made several requests. */
  delivered?(verdict: Verdict, result: DeliveryResult): void
}

export type Served =
  | { readonly kind: 'answered'; readonly verdict: Verdict }
  /** The operation was handed off, or returned by the failure destination: another invocation continues it. */
  | { readonly kind: 'handed-over' }
  /** The answer is known, but could not be delivered to ROS. */
  | { readonly kind: 'undelivered'; readonly verdict: Verdict }
  /**
   * ROS has refused the answer. The event must not be served again: it could change the stack after a later request of
   * ROS.
   */
  | { readonly kind: 'refused'; readonly verdict: Verdict }
  /** The event has no ResponseURL, or not the ids, that an answer needs. */
  | { readonly kind: 'unanswerable'; readonly problems: readonly string[] }
