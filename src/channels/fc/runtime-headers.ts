import { REQUEST_ID } from '../../platform/fc-context.ts'
import type { Environment } from '../../platform/settings.ts'
import type { RequestHead } from '../http/exchange.ts'

type Headers = RequestHead['headers']

/** Headers with the same values as environment variables that Function Compute sets in the instance. */
const REPEATED = [
  ['x-fc-function-name', 'FC_FUNCTION_NAME'],
  ['x-fc-region', 'FC_REGION'],
  ['x-fc-account-id', 'FC_ACCOUNT_ID'],
] as const

/**
 * Why an invocation is not from Function Compute; `undefined` if it may be. The headers are not secret: the check refuses a
 * client that does not know the function. It does not protect a port that others than Function Compute can reach.
 */
export function problemOfInvocation(headers: Headers, environment: Environment): string | undefined {
  if (headers['x-fc-control-path'] === undefined) return 'x-fc-control-path is missing'
  for (const name of ['x-fc-request-id', 'x-fc-function-name'])
    if ((headers[name] ?? '') === '') return `${name} is missing`
  for (const [name, variable] of REPEATED) {
    const [given, known] = [headers[name] ?? '', environment[variable] ?? '']
    if (given !== '' && known !== '' && given !== known) return `${name} is not ${variable}`
  }
  return undefined
}

/** The paths of `x-fc-control-path` that are invocations, by the API or by an HTTP trigger. */
const INVOKED_BY = ['/invoke', '/http-invoke']

/** The id of the invocation, as Function Compute has it; `undefined` for another request, or an id with other characters. */
export function invocationIdOf(headers: Headers): string | undefined {
  const id = headers['x-fc-request-id'] ?? ''
  return INVOKED_BY.includes(headers['x-fc-control-path'] ?? '') && REQUEST_ID.test(id) ? id : undefined
}

/** The name of the function's handler; empty if neither the environment nor the headers have it. */
export function handlerOf(headers: Headers, environment: Environment): string {
  return present(environment['FC_FUNCTION_HANDLER']) ?? headers['x-fc-function-handler'] ?? ''
}

/**
 * The context of an invocation in the form in which Function Compute's built-in runtimes pass it to a handler. A header is
 * used only if the environment does not have its value, since no request can change the environment.
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
    credentials: roleCredentials(environment) ?? {
      accessKeyId: header('access-key-id'),
      accessKeySecret: header('access-key-secret'),
      securityToken: header('security-token'),
    },
  }
}

/** Credentials of a role always have a token. Keys without a token are the operator's own, for another purpose. */
function roleCredentials(environment: Environment): object | undefined {
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
