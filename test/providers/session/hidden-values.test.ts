import { afterAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import type { StackRequest } from '../../../src/providers/provider.ts'
import { GENERIC_TYPE, providerRegistry } from '../../../src/providers/registry.ts'
import { FakeClock } from '../../fake-clock.ts'

/** Hidden values with neutral names: only the template, or SecretParameters, marks them as secret. */

const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })
afterAll(() => network.close())

const HEX = 'ba2b9930c977f71edaeaa3a5e96a8ff1'
const SENSITIVE = 'variable "setting" {\n  sensitive = true\n}'

const CASES: readonly (readonly [string, (value: string) => JsonObject])[] = [
  [
    'AwsCloudFormation',
    (setting) => ({
      RegionId: 'us-east-1',
      Stack: {
        Template: { Parameters: { setting: { Type: 'String', NoEcho: true } }, Resources: {} },
        Parameters: { setting },
      },
    }),
  ],
  [
    'Heat',
    (setting) => ({
      Stack: {
        Template: {
          heat_template_version: '2018-08-31',
          parameters: { setting: { type: 'string', hidden: true } },
        },
        Parameters: { setting },
      },
    }),
  ],
  ['HuaweiRfsStack', (setting) => ({ Stack: { TemplateBody: SENSITIVE, Parameters: { setting } } })],
  [
    'HuaweiRfsStackSet',
    (setting) => ({
      StackSet: {
        TemplateBody: SENSITIVE,
        AdministrationAgencyName: 'a',
        ManagedAgencyName: 'm',
        VarsBody: `setting = ${JSON.stringify(setting)}`,
      },
    }),
  ],
  [
    'HuaweiRfsStackInstances',
    (setting) => ({
      StackSetName: 'set',
      DeploymentTargets: { Regions: ['cn-north-4'], DomainIds: [HEX] },
      VarOverrides: { Parameters: { setting } },
      SecretParameters: ['setting'],
    }),
  ],
  [
    'HuaweiAosStack',
    (setting) => ({
      Stack: { Name: 'name', TemplateId: 'id', InputsJson: { setting } },
      SecretParameters: ['setting'],
    }),
  ],
  [
    'AliyunRos',
    (setting) => ({
      Stack: {
        Template: {
          ROSTemplateFormatVersion: '2015-09-01',
          Parameters: { setting: { Type: 'String', NoEcho: true } },
        },
        Parameters: { setting },
      },
    }),
  ],
]

/** What the session of a request would show of a text. */
async function shown(
  provider: string,
  text: string,
  request: Pick<StackRequest, 'kind' | 'properties' | 'oldProperties'>,
): Promise<string> {
  const secrets = new Secrets()
  const resolved = providerRegistry.resolve(GENERIC_TYPE, provider)
  if (!resolved.ok) throw new Error(resolved.problem)
  const opened = await (
    await resolved.load()
  ).open(
    {
      ...request,
      owner: { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'R' },
      requestId: 'r',
      fingerprint: 'f',
    },
    {
      clock: new FakeClock(),
      random: () => 0.5,
      network,
      secrets,
      environment: {},
      log: createLogger({ level: 'silent', secrets }),
    },
  )
  if (opened.ok) opened.session.close()
  return secrets.mask(text)
}

describe.each(CASES)('the hidden values of %s', (provider, propertiesWith) => {
  const value = 'as-hidden as "it" gets'
  const earlier = 'what it was before'
  const properties = propertiesWith(value)

  it.each(['create', 'update', 'delete'] as const)('are masked for a request to %s', async (kind) => {
    expect(await shown(provider, `refused: ${value}`, { kind, properties })).toBe('refused: [secret]')
  })

  it('are masked for a Delete whose properties are invalid', async () => {
    const unusable = { ...properties, NoSuchProperty: true }
    const request = { kind: 'delete', properties: unusable } as const
    expect(await shown(provider, `refused: ${value}`, request)).toBe('refused: [secret]')
  })

  it('are masked like before an Update, since it may be rolled back', async () => {
    const request = { kind: 'update', properties, oldProperties: propertiesWith(earlier) } as const
    expect(await shown(provider, `refused: ${earlier}`, request)).toBe('refused: [secret]')
  })
})
