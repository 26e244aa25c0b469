import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider } from '../../../../src/providers/aws/cloudformation/provider.ts'
import type { Found } from '../../../../src/providers/provider.ts'
import { startSandboxCloudFormation } from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { PLANTED } from '../../../planted-secrets.ts'

/** Single calls of a session with the embedded CloudFormation. */

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const OWN = '123456789012'

/** What a Delete finds of a stack that the keys' account does not have. */
async function found(account: string, { deniedActions = [] }: { readonly deniedActions?: string[] } = {}) {
  const key = { accessKeyId: PLANTED.accessKeyId, secretAccessKey: PLANTED.accessKeySecret }
  const aws = await startSandboxCloudFormation({ keys: [{ ...key, accountId: OWN, deniedActions }] })
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  open.push(aws, network)
  const secrets = new Secrets()
  const opened = await provider.open(
    {
      kind: 'delete',
      owner: { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'l' },
      requestId: 'r',
      physicalResourceId: `arn:aws:cloudformation:us-east-1:${account}:stack/network/11111111-1111-4111-8111-111111111111`,
      fingerprint: 'f',
      properties: {
        AccessKeyId: key.accessKeyId,
        AccessKeySecret: key.secretAccessKey,
        Endpoint: aws.url,
        Stack: { Name: 'network' },
      },
    },
    {
      clock: systemClock,
      random: () => 0.5,
      network,
      secrets,
      environment: {},
      log: createLogger({ level: 'silent', secrets }),
    },
  )
  if (!opened.ok) throw new Error('the properties are refused')
  const result: Found = await opened.session.find()
  return result
}

describe('a stack of AWS that is said not to exist', () => {
  it('does not count as deleted if the keys are of another account than the stack', async () => {
    await expect(found('111111111111')).rejects.toThrow(
      `Stack network is in the account 111111111111, and the credentials are of the account ${OWN}`,
    )
  })

  it('counts as deleted if the keys are of the account of the stack', async () => {
    expect(await found(OWN)).toEqual({ found: false })
  })

  it('counts as deleted if the account of the keys is unknown, for example behind an endpoint without STS', async () => {
    expect(await found('111111111111', { deniedActions: ['GetCallerIdentity'] })).toEqual({ found: false })
  })
})
