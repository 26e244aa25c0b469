import { join } from 'node:path'
import {
  SANDBOX_ROLE,
  startSandboxFunctionCompute,
  type SandboxFunctionCompute,
} from '../../src/sandbox/function-compute/server.ts'
import { startSandboxMns } from '../../src/sandbox/mns/server.ts'
import { SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { FcInstance } from './fc-instance.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

export interface FcWorldOptions {
  /** The folder with `function/`. */
  readonly built: string
  readonly environment?: Readonly<Record<string, string>>
  readonly timeoutSeconds?: number
  readonly retries?: number
  /** As in regions where FC ignores x-fc-async-delay. */
  readonly ignoresDelay?: boolean
  /** Messages of an embedded SMQ hand operations off; its trigger invokes the function. */
  readonly handOffQueue?: boolean
  /** Each invocation gets a new instance. */
  readonly isCold?: boolean
  readonly stackName?: string
  readonly node?: string
}

/**
 * The built function and its failure destination, deployed on the embedded Function Compute. They run as real processes and can
 * be killed.
 */
export async function startFcWorld(options: FcWorldOptions) {
  const timeoutSeconds = options.timeoutSeconds ?? 120
  const environment: Record<string, string> = {
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '200',
    STACKBRIDGE_INLINE_SECONDS: '1',
    STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
    ...options.environment,
  }
  const instanceOf = (file: string) =>
    new FcInstance({
      entry: join(options.built, 'function', file),
      // The sandbox's platform kills an instance at the time limit.
      timeoutSeconds: timeoutSeconds + 60,
      environment,
      ...(options.node === undefined ? {} : { node: options.node }),
    })
  const bridges: FcInstance[] = []
  const resting: FcInstance[] = []
  const working = new Set<FcInstance>()
  const onFailure = instanceOf('on-failure.mjs')
  const fc: SandboxFunctionCompute = await startSandboxFunctionCompute({
    retryPauseMs: 100,
    ignoresDelay: options.ignoresDelay ?? false,
    functions: [
      {
        name: 'stackbridge',
        environment,
        timeoutSeconds,
        asyncTask: true,
        onFailure: 'on-failure',
        retries: options.retries ?? 3,
        async invoke(event, context) {
          const instance = resting.pop() ?? instanceOf('index.mjs')
          if (!bridges.includes(instance)) bridges.push(instance)
          const limit = setTimeout(() => instance.kill(), timeoutSeconds * 1000)
          working.add(instance)
          const end = await instance.invoke(event, context)
          working.delete(instance)
          clearTimeout(limit)
          if (options.isCold !== true) resting.push(instance)
          return end
        },
      },
      {
        name: 'on-failure',
        timeoutSeconds,
        invoke: (event, context) => onFailure.invoke(event, context),
      },
    ],
  })
  environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
  const mns =
    options.handOffQueue === true
      ? await startSandboxMns({
          credentials: SANDBOX_ROLE,
          trigger: (message) => {
            fc.invokeAsync('stackbridge', message)
          },
        })
      : undefined
  if (mns !== undefined) environment['STACKBRIDGE_HAND_OFF_QUEUE'] = mns.queueUrl
  const ros = await SandboxRos.start(
    {
      rollback: false,
      invoke(event) {
        fc.invokeAsync('stackbridge', event)
        return Promise.resolve()
      },
    },
    options.stackName,
  )
  return {
    fc,
    ros,
    mns,
    /** The processes of the bridge's instances. */
    pids: () => bridges.map(({ pid }) => pid),
    output: () => [...bridges, onFailure].map(({ output }) => output).join(''),
    /** Kills each process that serves a call; returns how many there were. */
    kill: () => [...working].filter((instance) => instance.kill()).length,
    async close() {
      await Promise.all([ros.close(), fc.close(), mns?.close()])
      for (const instance of [...bridges, onFailure]) instance.close()
    },
  }
}

export type FcWorld = Awaited<ReturnType<typeof startFcWorld>>
