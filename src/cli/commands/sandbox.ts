import { InvalidArgumentError, type Command } from 'commander'
import { systemClock } from '../../platform/clock.ts'
import type { Received } from '../../sandbox/ros/response-server.ts'
import { rendererFor, withJsonOption, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import type { Renderer } from '../report.ts'
import { shownAnswer } from '../shown-answer.ts'
import { SANDBOX_CLOUDS } from '../sandbox-clouds/embedded-clouds.ts'
import { UsageError } from '../usage-error.ts'

const SERVICES = [...SANDBOX_CLOUDS, 'ros'] as const

type Ports = Readonly<Partial<Record<(typeof SERVICES)[number], number>>>

interface SandboxOptions extends CommonOptions {
  readonly ports?: Ports
}

const RESOURCE_DELAY_MS = 1000

const CLOUD_HINT = 'use these variables in another terminal, or these properties in a custom resource'
const ROS_HINT = 'use this as the ResponseURL of an event'

export function addSandbox(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('sandbox'))
    .description('Run the embedded clouds and a ResponseURL on loopback until Ctrl-C.')
    .option(
      '--ports <service=port,…>',
      `fixed ports instead of free ones; services: ${SERVICES.join(', ')}`,
      portsIn,
    )
    .addHelpText(
      'after',
      `
It prints how to connect to each cloud: paste its export lines into another terminal. Stacks exist until the command ends.
It shows each answer that is POSTed to the ResponseURL, and each violation of ROS's documented rules in it.

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
  const { noteTo, startSandboxClouds } = await import('../sandbox-clouds/sandbox-clouds.ts')
  const renderer = await rendererFor(options, io)
  const ports = options.ports ?? {}
  const clouds = await onPorts(
    startSandboxClouds({ resourceDelayMs: RESOURCE_DELAY_MS, ports, note: noteTo(renderer) }),
  )
  try {
    const { startResponseServer } = await import('../../sandbox/ros/response-server.ts')
    const responses = await onPorts(startResponseServer(ports.ros))
    try {
      for (const { cloud, ...connection } of clouds.connections)
        renderer.report({ type: 'sandbox-service', service: cloud, ...connection, hint: CLOUD_HINT })
      const ros = { url: responses.awaitAny(showAnswers(renderer)), environment: {}, properties: {} }
      renderer.report({ type: 'sandbox-service', service: 'ros', ...ros, hint: ROS_HINT })
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

/** Shows each answer when it arrives. The sandbox does not know the event, so it checks the answer alone. */
function showAnswers(renderer: Renderer): (received: Received) => void {
  const startedAt = systemClock.now()
  return ({ answer, violations }) => {
    const elapsedMs = systemClock.now() - startedAt
    if (answer === undefined)
      renderer.report({
        type: 'trouble',
        customResource: null,
        stackId: null,
        kind: 'invalid-answer',
        message: `not a valid answer to ROS: ${violations.join('; ')}`,
        elapsedMs,
      })
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

/** A port that is in use is an error of usage: the user can choose another one. */
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
      `Give service=port, for example ${SERVICES[0]}=4566; services: ${SERVICES.join(', ')}; ports: 1 to 65535.`,
    )
  return [service, port]
}
