import { SignatureV4 } from '@smithy/signature-v4'
import * as v from 'valibot'
import { parseJson } from '../../../../platform/json.ts'
import { CloudError } from '../../../provider.ts'
import { toCloudError } from '../cloud-error.ts'
import { awsEndpoint } from '../region.ts'
import type { EvidenceSourceSetup } from './evidence-source.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html */
const answer = v.object({
  LoggingConfig: v.optional(
    v.object({ LogGroup: v.optional(v.pipe(v.string(), v.regex(/^[.\-_/#A-Za-z0-9]{1,512}$/))) }),
  ),
})

const refusal = v.object({
  message: v.optional(v.string()),
  Message: v.optional(v.string()),
})

const ACTION = 'GetFunctionConfiguration'

/**
 * The log group that a Lambda function of the credentials' account writes to; `undefined` where there is no such function.
 * `name`: letters, digits, - and _. Rejects with `CloudError`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export async function logGroupOf(name: string, setup: EvidenceSourceSetup): Promise<string | undefined> {
  const { network, secrets, sha256 } = setup
  const { region, endpoint, credentials, useDualstackEndpoint, useFipsEndpoint } =
    await setup.configFor('LAMBDA')
  const base =
    endpoint ?? awsEndpoint('lambda', region, { dualStack: useDualstackEndpoint, fips: useFipsEndpoint })
  try {
    const url = new URL(`/2015-03-31/functions/${name}/configuration`, base)
    const signer = new SignatureV4({ credentials, region, service: 'lambda', sha256 })
    const { headers } = await signer.sign({
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers: { host: url.host, accept: 'application/json' },
    })
    const response = await network.request(url, 'endpoint', { method: 'GET', headers })
    const bytes = new Uint8Array(await response.body.arrayBuffer())
    const parsed = parseJson(bytes)
    const content = parsed.ok ? parsed.value : undefined
    const read = v.safeParse(answer, content)
    if (response.statusCode === 200 && read.success) return read.output.LoggingConfig?.LogGroup
    if (response.statusCode === 404) return undefined
    throw refused(response.statusCode, content, (text) => secrets.mask(text))
  } catch (error) {
    throw error instanceof CloudError ? error : toCloudError(error, ACTION, secrets)
  }
}

function refused(status: number, content: unknown, mask: (text: string) => string): CloudError {
  const read = v.safeParse(refusal, content)
  const message = read.success ? (read.output.Message ?? read.output.message ?? '') : ''
  const kind =
    status === 403 ? 'denied' : status === 429 ? 'throttled' : status >= 500 ? 'unavailable' : 'rejected'
  return new CloudError(kind, mask(`${ACTION}: HTTP ${String(status)}: ${message}`))
}
