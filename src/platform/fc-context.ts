import * as v from 'valibot'
import type { AlibabaCloudCredentials } from './acs3-signature.ts'
import { parseFunctionAddress, type FunctionAddress } from './function-address.ts'

/** The parts of Function Compute's context that the bridge uses. */
export interface FcContext {
  readonly requestId?: string
  /** The function's own time limit, milliseconds. */
  readonly timeoutMs?: number
  /** Present if the context and the environment say enough to invoke the same function again. */
  readonly address?: FunctionAddress
  /** The credentials of the function's role. */
  readonly credentials?: AlibabaCloudCredentials
  /** The rules that ignored values break; quotes no value. */
  readonly problems?: readonly string[]
}

const text = v.fallback(v.optional(v.string()), undefined)

/** https://help.aliyun.com/en/functioncompute/context-1-1 */
const schema = v.object({
  requestId: text,
  region: text,
  accountId: text,
  function: v.fallback(
    v.object({
      name: text,
      timeout: v.fallback(v.optional(v.union([v.number(), v.pipe(v.string(), v.toNumber())])), undefined),
    }),
    { name: undefined, timeout: undefined },
  ),
  service: v.fallback(v.object({ name: text, qualifier: text }), { name: undefined, qualifier: undefined }),
  credentials: v.fallback(v.object({ accessKeyId: text, accessKeySecret: text, securityToken: text }), {
    accessKeyId: undefined,
    accessKeySecret: undefined,
    securityToken: undefined,
  }),
})

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads a context; values that it does not have are read from the environment. Values that do not have the form that Function
 * Compute documents are ignored, since they become parts of a URL. Never throws.
 */
export function readFcContext(context: unknown, environment: Environment): FcContext {
  const parsed = v.safeParse(schema, context)
  const read = parsed.success ? parsed.output : v.parse(schema, {})
  const timeout = read.function.timeout
  const requestId = read.requestId
  const isNamed = requestId === undefined || REQUEST_ID.test(requestId)
  const { address, problems: ofAddress } = parseFunctionAddress({
    name: present(read.function.name) ?? present(environment['FC_FUNCTION_NAME']),
    region: present(read.region) ?? present(environment['FC_REGION']),
    accountId: present(read.accountId) ?? present(environment['FC_ACCOUNT_ID']),
    // FC 3.0 has no services; the name is empty.
    service: present(read.service.name) ?? present(environment['FC_SERVICE_NAME']),
    qualifier: present(read.service.qualifier) ?? present(environment['FC_QUALIFIER']),
  })
  const problems = isNamed ? ofAddress : [REQUEST_ID_RULE, ...ofAddress]
  const credentials = credentialsOf(read.credentials, environment)
  return {
    ...(requestId === undefined || !isNamed ? {} : { requestId }),
    ...(timeout !== undefined && timeout > 0 ? { timeoutMs: timeout * 1000 } : {}),
    ...(address === undefined ? {} : { address }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(problems.length === 0 ? {} : { problems }),
  }
}

/** Checked, since each line of the log has the request id. */
const REQUEST_ID_RULE = 'the request id must be letters, digits, _ and -'
export const REQUEST_ID = /^[\w-]{1,128}$/

function credentialsOf(
  given: v.InferOutput<typeof schema>['credentials'],
  environment: Environment,
): AlibabaCloudCredentials | undefined {
  return (
    credentials(given.accessKeyId, given.accessKeySecret, given.securityToken) ??
    credentials(
      environment['ALIBABA_CLOUD_ACCESS_KEY_ID'],
      environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
      environment['ALIBABA_CLOUD_SECURITY_TOKEN'],
    )
  )
}

function credentials(
  id: string | undefined,
  secret: string | undefined,
  token: string | undefined,
): AlibabaCloudCredentials | undefined {
  const [accessKeyId, accessKeySecret, securityToken] = [present(id), present(secret), present(token)]
  if (accessKeyId === undefined || accessKeySecret === undefined) return undefined
  return { accessKeyId, accessKeySecret, ...(securityToken === undefined ? {} : { securityToken }) }
}

function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}
