import { startSimulatedWorld } from '../src/cli/demo/simulated-world.ts'
import { SandboxResource } from '../src/sandbox/ros/ros.ts'

/**
 * A thousand events at once in one process, for stacks of 1 to 60 simulated minutes on the embedded clouds: first with polls in
 * place, then with hand-offs. Prints the figures; exits with 1 if an answer was wrong.
 *
 * `npm run bench:load -- 1000`
 */

const events = Number(process.argv[2] ?? 1000)
const LONGEST_MINUTES = 60

interface Figures {
  readonly [name: string]: string
}

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
for (const mode of ['in place', 'with hand-offs'] as const) {
  console.log(`\n${String(events)} events at once, ${mode}`)
  for (const [name, value] of Object.entries(await measure(mode)))
    console.log(`  ${name.padEnd(44)} ${value}`)
}

async function measure(mode: 'in place' | 'with hand-offs'): Promise<Figures> {
  const world = await startSimulatedWorld({
    timeoutSeconds: mode === 'in place' ? 7200 : 60,
    quantumMs: 500,
    environment: {
      STACKBRIDGE_CONTINUATION: mode === 'in place' ? 'off' : 'auto',
      STACKBRIDGE_TIMEOUT_SECONDS: '7200',
    },
  })
  const { aws, ros, clock, fc } = world
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  const peak = { heap: 0, sockets: 0 }
  const sampling = setInterval(() => {
    peak.heap = Math.max(peak.heap, process.memoryUsage().heapUsed)
    peak.sockets = Math.max(
      peak.sockets,
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
    )
  }, 50)
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  const lateness: number[] = []
  const wrong: string[] = []
  const runStack = async (index: number): Promise<void> => {
    const seconds = 60 + Math.floor((index / events) * (LONGEST_MINUTES - 1) * 60)
    const resource = new SandboxResource(ros, {
      logicalResourceId: `R${String(index)}`,
      resourceType: 'Custom::AwsCloudFormationStack',
      timeoutSeconds: 7200,
      parameters: {
        AccessKeyId: aws.key.accessKeyId,
        AccessKeySecret: aws.key.secretAccessKey,
        RegionId: aws.region,
        Endpoint: aws.url,
        Stack: {
          Name: `load-${String(index)}`,
          Template: {
            Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
            Outputs: { Number: { Value: String(index) } },
          },
        },
      },
    })
    const { answer, violations, elapsedMs } = await resource.create()
    if (answer?.status !== 'SUCCESS' || answer.data['Number'] !== String(index) || violations.length > 0)
      wrong.push(`${String(index)}: ${answer?.reason ?? violations.join(', ')}`)
    lateness.push((elapsedMs - seconds * 1000) / (seconds * 1000))
  }
  await clock.run(
    Promise.all(Array.from({ length: events }, (_, index) => runStack(index))).then(() => fc.idle()),
  )
  clearInterval(sampling)
  const realMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  const calls = aws.calls.length
  await world.close()
  if (wrong.length > 0) {
    process.exitCode = 1
    console.log(wrong.slice(0, 5))
  }
  const late = lateness.sort((one, other) => one - other)
  return {
    'right answers': `${String(events - wrong.length)} of ${String(events)}`,
    "late, median / worst (share of the stack's time)": `${percent(late[Math.floor(late.length / 2)])} / ${percent(late.at(-1))}`,
    'calls to the cloud': String(calls),
    'function invocations': String(world.calls.length),
    'peak heap above the start': `${((peak.heap - before) / 1e6).toFixed(0)} MB`,
    'most open sockets (counting both ends)': String(peak.sockets),
    'CPU time': `${((user + system) / 1e6).toFixed(1)} s (clouds, ROS and bridge together)`,
    'real time': `${(realMs / 1000).toFixed(1)} s`,
  }
}

function percent(share: number | undefined): string {
  return `${((share ?? 0) * 100).toFixed(1)} %`
}
