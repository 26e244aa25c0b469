import { InvalidArgumentError, type Command } from 'commander'
import { systemClock } from '../../platform/clock.ts'
import { startResponseServer, type Received } from '../../sandbox/ros/response-server.ts'
import { EXIT, rendererFor, type CommandContext, type CommonOptions, type Console } from '../console.ts'
import type { Renderer } from '../report.ts'
import { shownAnswer } from '../shown-answer.ts'
import { startSandboxClouds, type SandboxCloudName } from '../sandbox-clouds.ts'
import { UsageError } from '../usage-error.ts'

const SERVICES = ['aws', 'openstack', 'huawei', 'ros'] as const satisfies readonly (
  SandboxCloudName | 'ros'
)[]

type Ports = Readonly<Partial<Record<(typeof SERVICES)[number], number>>>

interface SandboxOptions extends CommonOptions {
  readonly ports?: Ports
}

const RESOURCE_DELAY_MS = 1000

const FOR_A_CLOUD = 'for the environment of another terminal, or the properties of a custom resource'
const FOR_ROS = 'for the ResponseURL of an event'

export function addSandbox(program: Command, { io, setExitCode }: CommandContext): void {
  program
    .command('sandbox')
    .description('Keep the embedded clouds and a ResponseURL running on loopback until Ctrl-C.')
    .option(
      '--ports <service=port,…>',
      `fixed ports instead of free ones, for ${SERVICES.join(', ')}`,
      portsIn,
    )
    .option('--json', 'one JSON object a line, for machines')
    .addHelpText(
      'after',
      `
It prints how to point at each; paste the exports of a cloud into another terminal. Stacks live as long as the command.
An answer that is POSTed to the ResponseURL is shown, with what ROS's documents have against it.

Examples:
  stackbridge sandbox
  stackbridge sandbox --ports aws=4566,openstack=5000,ros=8080
  stackbridge sandbox --json > sandbox.jsonl`,
    )
    .action(async (_: unknown, command: Command) => {
      setExitCode(await runSandbox(command.optsWithGlobals<SandboxOptions>(), io))
    })
}

async function runSandbox(options: SandboxOptions, io: Console): Promise<number> {
  const renderer = rendererFor(options, io)
  const ports = options.ports ?? {}
  const clouds = await onPorts(startSandboxClouds({ resourceDelayMs: RESOURCE_DELAY_MS, ports }))
  try {
    const responses = await onPorts(startResponseServer(ports.ros))
    try {
      for (const { cloud, ...connection } of clouds.connections)
        renderer.report({ type: 'sandbox-service', service: cloud, ...connection, hint: FOR_A_CLOUD })
      const ros = { url: responses.awaitAny(showAnswers(renderer)), environment: {}, properties: {} }
      renderer.report({ type: 'sandbox-service', service: 'ros', ...ros, hint: FOR_ROS })
      await interrupted(io)
      return EXIT.success
    } finally {
      await responses.close()
    }
  } finally {
    renderer.close()
    await clouds.close()
  }
}

/** Told as it comes: the sandbox does not know the event, so what it can judge is the answer alone. */
function showAnswers(renderer: Renderer): (received: Received) => void {
  const startedAt = systemClock.now()
  return ({ answer, violations }) => {
    const elapsedMs = systemClock.now() - startedAt
    if (answer === undefined)
      renderer.report({ type: 'trouble', message: `this is no answer: ${violations.join('; ')}`, elapsedMs })
    else renderer.report({ type: 'answer', ...shownAnswer(answer), violations, elapsedMs })
  }
}

function interrupted(io: Console): Promise<void> {
  return new Promise((resolve) => {
    const stopListening = io.onInterrupt(() => {
      stopListening()
      resolve()
    })
  })
}

/** A port that another process has is a choice that can be made otherwise. */
async function onPorts<T>(starting: Promise<T>): Promise<T> {
  try {
    return await starting
  } catch (error) {
    if (!(error instanceof Error && 'port' in error && 'code' in error)) throw error
    const { code, port } = error
    throw new UsageError(
      `port ${String(port)} cannot be used (${String(code)}); choose another with --ports`,
      {
        cause: error,
      },
    )
  }
}

function portsIn(text: string): Ports {
  return Object.fromEntries(text.split(',').map(portIn))
}

function portIn(text: string): [service: string, port: number] {
  const [, service = '', digits = ''] = /^([a-z]+)=(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (!SERVICES.some((one) => one === service) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(
      `It must be such as ${SERVICES[0]}=4566, for any of ${SERVICES.join(', ')}.`,
    )
  return [service, port]
}
