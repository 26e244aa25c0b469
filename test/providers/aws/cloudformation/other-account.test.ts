import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider } from '../../../../src/providers/aws/cloudformation/provider.ts'
import type { Opened } from '../../../../src/providers/provider.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const ARN = 'arn:aws:cloudformation:us-east-1:111111111111:stack/network/11111111-1111-4111-8111-111111111111'

async function openDelete(roleAccount: string): Promise<Opened> {
  const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })
  open.push(network)
  const secrets = new Secrets()
  return provider.open(
    {
      kind: 'delete',
      owner: { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'l' },
      requestId: 'r',
      physicalResourceId: ARN,
      fingerprint: 'f',
      properties: {
        AccessKeyId: 'known',
        AccessKeySecret: 'planted',
        AssumeRole: { RoleArn: `arn:aws:iam::${roleAccount}:role/Deploy` },
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
}

describe('a Delete with a role of AWS', () => {
  it('is refused if the role is of another account than the stack, which would seem deleted', async () => {
    expect(await openDelete('222222222222')).toEqual({
      ok: false,
      problems: [
        {
          path: 'AssumeRole.RoleArn',
          problem:
            'is of the account 222222222222, and stack network is in the account 111111111111: nothing was touched',
        },
      ],
    })
  })

  it('is served if the role is of the same account', async () => {
    expect(await openDelete('111111111111')).toMatchObject({ ok: true })
  })
})
