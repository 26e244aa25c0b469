import { Secrets } from '../platform/secrets.ts'
import type { AskedStacks } from './asked-stacks.ts'
import { withNamedCloud } from './clouds-yaml.ts'
import type { InquiryRequest, InquiryResult } from './inquiry.ts'
import { createLocalBridge } from './local-bridge.ts'
import { localSettings } from './local-settings.ts'
import { startEmbeddedClouds } from './local-stack/embedded-clouds.ts'
import { EventSender, type EventSenderOptions } from './local-stack/event-sender.ts'
import type { StackState } from './local-stack/stack-state.ts'
import { maskedRenderer } from './masked-renderer.ts'
import type { Question } from './question.ts'
import type { Renderer, Report } from './report.ts'
import { sandboxBridge } from './sandbox-clouds.ts'

/** How long a resource takes in the embedded clouds; milliseconds. */
const SANDBOX_RESOURCE_MS = 0

/** Asks one question about each stack, one after the other, and reports the answers. */
export async function askAboutStacks<Answer extends Report>(
  question: Question<Answer>,
  { events, hidden, state }: AskedStacks,
  { sandbox: isAsked, environment, log }: InquiryRequest,
  renderer: Renderer,
  signal: AbortSignal,
): Promise<InquiryResult | 'interrupted'> {
  const sandbox = isAsked || state?.sandbox === true
  const secrets = new Secrets()
  for (const value of hidden) secrets.addHidden(value)
  const masked = maskedRenderer(renderer, secrets)
  const own = sandbox ? sandboxBridge(environment) : { environment: await withNamedCloud(environment) }
  const { allowAdoption } = localSettings(own.environment)
  const bridge = createLocalBridge({ ...own, ...(log === undefined ? {} : { log }) })
  const clouds = sandbox
    ? await startEmbeddedClouds(state ?? {}, { resourceDelayMs: SANDBOX_RESOURCE_MS })
    : undefined
  const asked = { signal, allowAdoption, isCloudEmpty: clouds !== undefined && state === undefined }
  try {
    if (state !== undefined && clouds !== undefined) {
      // Who has not asked for embedded clouds must see that these answer.
      if (!isAsked) masked.report({ type: 'rebuilding', events: state.history.length })
      await rebuild(state, { bridge, renderer: masked, clouds, secrets })
    }
    const answers: Answer[] = []
    for (const planned of events) {
      if (signal.aborted) return 'interrupted'
      const answer =
        'event' in planned
          ? await question.ask(
              clouds?.connectedEvent(planned.event) ?? planned.event,
              { ...bridge.surroundings(), secrets },
              bridge.secretSource,
              asked,
            )
          : question.answerFor(planned)
      masked.report(answer)
      answers.push(answer)
    }
    if (signal.aborted) return 'interrupted'
    return {
      isWhole: !answers.some((answer) => question.isImpossible(answer)),
      changes: answers.some((answer) => question.isChange(answer)),
    }
  } catch (error) {
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') return 'interrupted'
    throw error
  } finally {
    await Promise.all([clouds?.close(), bridge.close()])
  }
}

/** Gives the embedded clouds the stacks that `up` has made, those that failed included. */
async function rebuild(state: StackState, options: EventSenderOptions): Promise<void> {
  const sender = await EventSender.start(options)
  try {
    await sender.rebuild(state)
  } finally {
    await sender.close()
  }
}
