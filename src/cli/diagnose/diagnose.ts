import type { DestinationStream } from 'pino'
import { systemClock } from '../../platform/clock.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import { withNamedCloud } from '../clouds-yaml.ts'
import { createLocalBridge, type LocalBridge } from '../local-bridge.ts'
import { EventSender } from '../local-stack/event-sender.ts'
import { maskedRenderer } from '../masked-renderer.ts'
import type { DiagnosisReport, Renderer } from '../report.ts'
import type { ReadBytes } from '../ros-template/included-files.ts'
import { sandboxSettings, startSandboxClouds, type SandboxClouds } from '../sandbox-clouds.ts'
import { diagnoseEvent, namesIn, undiagnosed, type Reach } from './diagnose-event.ts'
import { targetsOf, type NamedTarget, type Targets } from './diagnose-target.ts'
import { createInSandbox } from './failing-create.ts'

export interface DiagnoseRequest extends NamedTarget {
  readonly environment: Environment
  /** The destination of the bridge's log. */
  readonly log?: DestinationStream
}

/** How long a resource takes in the embedded clouds; milliseconds. */
const SANDBOX_RESOURCE_MS = 0

/** Reports what the clouds tell of each stack. `isWhole`: all of them could be read. Throws `UsageError`. */
export async function diagnose(
  request: DiagnoseRequest,
  readBytes: ReadBytes,
  renderer: Renderer,
  signal: AbortSignal,
): Promise<{ readonly isWhole: boolean } | 'interrupted'> {
  const targets = await targetsOf(request, readBytes)
  const { sandbox, environment, log } = request
  const secrets = new Secrets()
  for (const value of targets.hidden) secrets.addHidden(value)
  const masked = maskedRenderer(renderer, secrets)
  const bridge = createLocalBridge({
    environment: sandbox ? sandboxSettings(environment) : await withNamedCloud(environment),
    ...(log === undefined ? {} : { log }),
  })
  const clouds = sandbox ? await startSandboxClouds({ resourceDelayMs: SANDBOX_RESOURCE_MS }) : undefined
  const reach = { surroundings: { ...bridge.surroundings(), secrets }, secretSource: bridge.secretSource }
  try {
    if (clouds !== undefined) await rebuild(targets, { bridge, clouds, secrets, renderer: masked })
    let isWhole = true
    for (const planned of targets.events) {
      if (signal.aborted) return 'interrupted'
      const report = await reportOf(planned, targets, clouds, reach, signal)
      masked.report(report)
      isWhole &&= report.outcome === 'read'
    }
    return signal.aborted ? 'interrupted' : { isWhole }
  } finally {
    await Promise.all([clouds?.close(), bridge.close()])
  }
}

type Planned = Targets['events'][number]

async function reportOf(
  planned: Planned,
  { state }: Targets,
  clouds: SandboxClouds | undefined,
  reach: Reach,
  signal: AbortSignal,
): Promise<DiagnosisReport> {
  if ('problem' in planned) return undiagnosed(planned, planned.problem)
  if ('deletes' in planned)
    return undiagnosed(
      planned,
      `The template no longer has this resource; diagnose ${planned.deletes} by its id.`,
    )
  const event = clouds?.connectedEvent(planned.event) ?? planned.event
  if (clouds === undefined || state !== undefined) return diagnoseEvent(event, reach)
  const created = await createInSandbox(event, reach, systemClock, signal)
  if ('refusal' in created) return undiagnosed(namesIn(event), created.refusal)
  return diagnoseEvent({ ...event, PhysicalResourceId: created.id }, reach)
}

interface Sandbox {
  readonly bridge: LocalBridge
  readonly clouds: SandboxClouds
  readonly secrets: Secrets
  readonly renderer: Renderer
}

/** Gives the embedded clouds the stacks that `up` has made, those that failed included. */
async function rebuild({ state }: Targets, options: Sandbox): Promise<void> {
  if (state === undefined) return
  const sender = await EventSender.start(options)
  try {
    await sender.rebuild(state)
  } finally {
    await sender.close()
  }
}
