import type { Environment } from '../../platform/settings.ts'
import type { RequestHead } from '../http/exchange.ts'

type Headers = RequestHead['headers']

/** The headers that repeat what Function Compute has written into the environment of the instance. */
const REPEATED = [
  ['x-fc-function-name', 'FC_FUNCTION_NAME'],
  ['x-fc-region', 'FC_REGION'],
  ['x-fc-account-id', 'FC_ACCOUNT_ID'],
] as const

/**
 * Why an invocation is not one of Function Compute's; `undefined` where it may be. None of this is a secret: it refuses a
 * client that does not know the function, not one that reaches the port past Function Compute.
 */
export function problemOfInvocation(headers: Headers, environment: Environment): string | undefined {
  const controlPath = headers['x-fc-control-path']
  if (controlPath === undefined) return 'x-fc-control-path is missing'
  if (controlPath !== '/invoke') return 'x-fc-control-path is another'
  for (const name of ['x-fc-request-id', 'x-fc-function-name'])
    if ((headers[name] ?? '') === '') return `${name} is missing`
  for (const [name, variable] of REPEATED) {
    const [given, known] = [headers[name] ?? '', environment[variable] ?? '']
    if (given !== '' && known !== '' && given !== known) return `${name} is not ${variable}`
  }
  return undefined
}

/**
 * The context of an invocation as Function Compute's built-in runtimes pass it to a handler. A header counts only where the
 * environment, which no request can change, is silent.
 */
export function contextOf(headers: Headers, environment: Environment): object {
  const header = (name: string) => headers[`x-fc-${name}`]
  const known = (variable: string, name: string) => present(environment[variable]) ?? header(name)
  return {
    requestId: header('request-id'),
    region: known('FC_REGION', 'region'),
    accountId: known('FC_ACCOUNT_ID', 'account-id'),
    function: { name: known('FC_FUNCTION_NAME', 'function-name'), timeout: header('function-timeout') },
    service: {
      name: known('FC_SERVICE_NAME', 'service-name'),
      qualifier: known('FC_QUALIFIER', 'qualifier'),
    },
    credentials: ofRole(environment) ?? {
      accessKeyId: header('access-key-id'),
      accessKeySecret: header('access-key-secret'),
      securityToken: header('security-token'),
    },
  }
}

/** A role's credentials always have a token; keys without one are the operator's own, for another purpose. */
function ofRole(environment: Environment): object | undefined {
  const accessKeyId = present(environment['ALIBABA_CLOUD_ACCESS_KEY_ID'])
  const accessKeySecret = present(environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'])
  const securityToken = present(environment['ALIBABA_CLOUD_SECURITY_TOKEN'])
  if (accessKeyId === undefined || accessKeySecret === undefined || securityToken === undefined)
    return undefined
  return { accessKeyId, accessKeySecret, securityToken }
}

function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}
