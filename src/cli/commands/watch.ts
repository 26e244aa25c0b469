import { InvalidArgumentError, type Command } from 'commander'
import { systemClock } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import { logFor, rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { runUntilInterrupted } from '../terminal/interruption.ts'
import { maskedRenderer } from '../terminal/masked-renderer.ts'
import { UsageError } from '../usage-error.ts'

interface WatchOptions extends CommonOptions {
  readonly id?: string
  readonly type?: string
  /** Minutes. */
  readonly since: number
}

const INTERVAL_MS = 2000

export function addWatch(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('watch'))
    .description("Show a foreign stack's events until no operation runs on it. Changes nothing.")
    .argument('[event]', "event file with the stack and the connection; '-' for standard input")
    .option(
      '--id <physical-resource-id>',
      'the stack; by default the PhysicalResourceId of the event, or else its stack name',
    )
    .option(
      '--type <resource-type>',
      'the resource type; needed without an event file if the id does not name its cloud',
    )
    .option('--since <minutes>', 'show stack events that are at most this old', minutes, 60)
    .addHelpText(
      'after',
      `
Credentials come from the event or from the environment.
Exit code: 0 if the operation succeeded or the stack was deleted, 1 otherwise, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge watch my-event.json
  AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge watch --id arn:aws:cloudformation:us-east-1:123456789012:stack/my-stack/…
  stackbridge watch my-event.json --id arn:openstack:heat::… --since 10`,
    )
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      setExitCode(await runWatch(file, command.optsWithGlobals<WatchOptions>(), io))
    })
}

async function runWatch(file: string | undefined, options: WatchOptions, io: Console): Promise<number> {
  const { withNamedCloud } = await import('../local-bridge/clouds-yaml.ts')
  const { followStack } = await import('../watch/follow-stack.ts')
  const { createLocalBridge } = await import('../local-bridge/local-bridge.ts')
  const { openTarget } = await import('../target.ts')
  const event = await eventFor(file, options, io)
  const bridge = createLocalBridge({
    environment: await withNamedCloud(io.environment),
    ...logFor(options, io),
  })
  const surroundings = bridge.surroundings()
  const target = await openTarget(event, 'read', surroundings, bridge.secretSource)
  if (!target.ok) throw new UsageError(`The properties do not lead to a stack: ${target.problems.join('; ')}`)
  const renderer = maskedRenderer(await rendererFor(options, io), surroundings.secrets)
  const since = systemClock.now() - options.since * 60_000
  try {
    const outcome = await runUntilInterrupted(
      io,
      () => followStack(target.session, renderer, { clock: systemClock, intervalMs: INTERVAL_MS, since }),
      { renderer, stacksInProgress: () => [], advice: 'the stack is not affected' },
    )
    if (outcome === 'interrupted') return EXIT.interrupted
    await bridge.close()
    return outcome ? EXIT.success : EXIT.failed
  } finally {
    renderer.close()
    target.session.close()
  }
}

async function eventFor(file: string | undefined, options: WatchOptions, io: Console): Promise<JsonObject> {
  const { id, type } = options
  if (file === undefined && id === undefined)
    throw new UsageError(
      'Both the event file and --id are missing; give an event file, or --id with a PhysicalResourceId',
    )
  const { completeEvent, readEventFile } = await import('../event-file.ts')
  const { checkIdOfType, typeOfId } = await import('../id-of-stack.ts')
  const given = file === undefined ? {} : await readEventFile(file, io.stdin)
  const event = completeEvent({
    ...typeField(type ?? (file === undefined ? typeOfId(id ?? '') : undefined)),
    ...given,
    ...typeField(type),
  })
  if (id === undefined) return event
  checkIdOfType(id, event)
  return { ...event, PhysicalResourceId: id }
}

function typeField(type: string | undefined): JsonObject {
  return type === undefined ? {} : { ResourceType: type }
}

function minutes(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of minutes.')
  return Number(text)
}
