import { logPlaceProblem } from '../deployed/log-service-api.ts'
import { isLoopback } from '../../platform/endpoint-host.ts'
import { UsageError } from '../usage-error.ts'
import type { LogOptions } from './deployed-operations.ts'

/** The options of the command line that say where the log is. */
export interface LogOptionTexts {
  readonly project?: string
  readonly logstore?: string
  readonly logEndpoint?: string
}

/** Throws `UsageError`. */
export function logOptionsOf({ project, logstore, logEndpoint }: LogOptionTexts): LogOptions {
  const endpoint = logEndpoint === undefined ? {} : { endpoint: endpointOf(logEndpoint) }
  if (project === undefined && logstore === undefined) return endpoint
  if (project === undefined || logstore === undefined)
    throw new UsageError('Only one of --project and --logstore is given; give both')
  const problem = logPlaceProblem({ project, logstore })
  if (problem !== undefined) throw new UsageError(problem)
  return { ...endpoint, log: { project, logstore } }
}

function endpointOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !isSafe(url) || url.username !== '' || url.pathname !== '/')
    throw new UsageError(
      `${text} is not an endpoint of Log Service; give one such as https://cn-hangzhou-intranet.log.aliyuncs.com`,
    )
  return url.origin
}

/** Without TLS, the network path could read the security token and the log. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
