import { Secrets } from '../../platform/secrets.ts'
import type { TargetStacks } from './target-stacks.ts'
import { withNamedCloud } from '../local-bridge/clouds-yaml.ts'
import type { InquiryRequest, InquiryResult } from './inquiry.ts'
import { createLocalBridge } from '../local-bridge/local-bridge.ts'
import { localSettings } from '../local-bridge/local-settings.ts'
import { startEmbeddedClouds } from '../local-stack/embedded-clouds.ts'
import { EventSender, SILENT, type EventSenderOptions } from '../local-stack/event-sender.ts'
import { maskedRenderer } from '../terminal/masked-renderer.ts'
import type { LocalRun, Question } from './question.ts'
import type { Renderer, Report } from '../report.ts'
import { sandboxBridge } from '../sandbox-clouds/sandbox-clouds.ts'

/** How long a resource takes in the embedded clouds; milliseconds. */
const SANDBOX_RESOURCE_MS = 0

export interface InquiryRun {
  readonly request: InquiryRequest
  readonly renderer: Renderer
  readonly signal: AbortSignal
}

/** Asks one question about each stack, one after the other, and reports the answers. */
export async function askAboutStacks<Answer extends Report>(
  question: Question<Answer>,
  stacks: TargetStacks,
  { request, renderer, signal }: InquiryRun,
): Promise<InquiryResult | 'interrupted'> {
  const { sandbox: isAsked, environment, log } = request
  const { state, template } = stacks
  const sandbox = isAsked || state?.sandbox === true
  const secrets = new Secrets()
  const hide = (hidden: readonly string[]): void => {
    for (const value of hidden) secrets.addHidden(value)
  }
  hide(stacks.hidden)
  const masked = maskedRenderer(renderer, secrets)
  const own = sandbox ? sandboxBridge(environment) : { environment: await withNamedCloud(environment) }
  const { allowAdoption } = localSettings(own.environment)
  const bridge = createLocalBridge({ ...own, ...(log === undefined ? {} : { log }) })
  const clouds = sandbox
    ? await startEmbeddedClouds(state ?? {}, { resourceDelayMs: SANDBOX_RESOURCE_MS })
    : undefined
  const isCloudEmpty = clouds !== undefined && state === undefined && template === undefined
  const context = { signal, allowAdoption, isCloudEmpty }
  try {
    // A user who did not ask for embedded clouds must see that they answer.
    if (state !== undefined && sandbox && !isAsked)
      masked.report({ type: 'rebuilding', events: state.history.length })
    const localRun =
      clouds === undefined
        ? undefined
        : await untilAborted(signal, made(question, stacks, { bridge, renderer: SILENT, clouds, secrets }))
    hide(localRun?.hidden ?? [])
    const { events } = localRun ?? stacks
    const answers: Answer[] = []
    for (const planned of events) {
      if (signal.aborted) return 'interrupted'
      const answer =
        'event' in planned
          ? await question.ask(
              clouds?.connectedEvent(planned.event) ?? planned.event,
              { ...bridge.surroundings(), secrets },
              bridge.secretSource,
              context,
            )
          : question.answerFor(planned)
      masked.report(answer)
      answers.push(answer)
    }
    return signal.aborted ? 'interrupted' : resultOf(question, answers)
  } catch (error) {
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') return 'interrupted'
    throw error
  } finally {
    await Promise.all([clouds?.close(), bridge.close()])
  }
}

function resultOf<Answer extends Report>(
  question: Question<Answer>,
  answers: readonly Answer[],
): InquiryResult {
  return {
    stacks: answers.length,
    isWhole: !answers.some((answer) => question.isImpossible(answer)),
    changes: answers.some((answer) => question.isChange(answer)),
  }
}

/** Gives the embedded clouds the stacks that `up` has made, those that failed included, and runs the question's part. */
async function made<Answer extends Report>(
  { runTemplate }: Question<Answer>,
  { state, template }: TargetStacks,
  options: EventSenderOptions,
): Promise<LocalRun | undefined> {
  const sender = await EventSender.start(options)
  try {
    if (state !== undefined) await sender.rebuild(state)
    // An interrupted operation is not completed: the question is about the stack as it is now.
    const isRunLocally = runTemplate !== undefined && template !== undefined && state?.operation === undefined
    return isRunLocally ? await runTemplate(template, state, sender) : undefined
  } finally {
    await sender.close()
  }
}

async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  // The embedded clouds are closed before the work ends, so it may reject later.
  work.catch(() => undefined)
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
      })
    }),
  ])
}
