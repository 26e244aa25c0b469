import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'

/**
 * How one invocation of a function ended. `killed`: the process ended, at its time limit or for another reason.
 * `refused`: Function Compute itself did not run it, by the name of its error; it is not retried.
 */
export type InvocationEnd =
  | { readonly ended: 'refused'; readonly condition: string }
  | { readonly ended: 'returned'; readonly value: string }
  | { readonly ended: 'threw'; readonly error: string }
  | { readonly ended: 'killed' }

/** The context that a handler gets with the event. https://help.aliyun.com/en/functioncompute/context-1-1 */
export interface SandboxContext {
  readonly requestId: string
  readonly credentials: AlibabaCloudCredentials
  readonly function: {
    readonly name: string
    readonly handler: string
    readonly memory: number
    readonly timeout: number
  }
  readonly service: { readonly name: string; readonly qualifier: string }
  readonly region: string
  readonly accountId: string
}

export interface SandboxFunction {
  readonly name: string
  /** For a function of FC 2.0. */
  readonly service?: string
  readonly timeoutSeconds: number
  /** How often FC retries an asynchronous invocation that failed; 3 by default, as in FC. */
  readonly retries?: number
  /** The failure destination: the function that FC invokes when the last retry of an asynchronous invocation failed. */
  readonly onFailure?: string
  /** Task mode: FC refuses a second invocation with the same task id. */
  readonly asyncTask?: boolean
  /** As GetFunction shows it. */
  readonly environment?: Readonly<Record<string, string>>
  /** The same, where the function has a log. */
  readonly logConfig?: { readonly project: string; readonly logstore: string }
  invoke(event: Uint8Array, context: SandboxContext): Promise<InvocationEnd>
}

export const REGION = 'cn-hangzhou'
export const ACCOUNT = '1234567890123456'

/** How often Function Compute retries an asynchronous invocation that failed. */
export function retriesOf({ retries = 3 }: SandboxFunction): number {
  return retries
}

export function arnOf(name: string): string {
  return `acs:fc:${REGION}:${ACCOUNT}:functions/${name}`
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-getfunction */
export function shownFunction({
  name,
  timeoutSeconds,
  environment = {},
  logConfig,
}: SandboxFunction): object {
  return {
    functionName: name,
    runtime: 'nodejs20',
    handler: 'index.handler',
    memorySize: 256,
    timeout: timeoutSeconds,
    environmentVariables: environment,
    ...(logConfig === undefined ? {} : { logConfig }),
  }
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-getasyncinvokeconfig */
export function shownConfig(shown: SandboxFunction): object {
  const { name, asyncTask = false, onFailure } = shown
  return {
    functionArn: arnOf(name),
    asyncTask,
    maxAsyncRetryAttempts: retriesOf(shown),
    destinationConfig: onFailure === undefined ? {} : { onFailure: { destination: arnOf(onFailure) } },
  }
}
