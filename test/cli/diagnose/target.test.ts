import { describe, expect, it } from 'vitest'
import { servedProviders } from '../../../src/providers/registry.ts'
import { targetsOf } from '../../../src/cli/diagnose/diagnose-target.ts'

const SET =
  'huaweicloud:rfs:cn-north-4:ba2b9930c977f71edaeaa3a5e96a8ff1:stack-sets/fleet/00000000-0000-4000-8000-000000000001'

const request = {
  ...{ parameters: new Map<string, string>(), sandbox: false, environment: {} },
  localStack: { state: '.stackbridge' },
}
const readsNoFile = () => Promise.reject(new Error('reads no file'))

async function eventFor(id: string) {
  return JSON.stringify(await targetsOf({ ...request, target: id }, readsNoFile))
}

const TYPES = servedProviders.flatMap(({ resourceTypes }) => resourceTypes)

describe('an id without an event', () => {
  it('of stack instances is resolved to their stack set, since only the properties say which instances are meant', async () => {
    const asked = await eventFor(`${SET}/instances/388dd978-6771cfe7e62f6e52`)
    expect(asked).toContain('"Custom::HuaweiRfsStackSet"')
    expect(asked).toContain(`"${SET}"`)
    expect(asked).not.toContain('/instances/')
  })

  it('of a stack set is resolved to it', async () => {
    expect(await eventFor(SET)).toContain(`"${SET}"`)
  })
})

describe('an id that is not of the resource type', () => {
  it.each(TYPES)(
    '%s is refused, since the bridge would search for another stack by its name',
    async (type) => {
      for (const id of ['x', 'arn:aws:cloudformation:us-east-1:123456789012:changeSet/a/b'])
        await expect(targetsOf({ ...request, target: undefined, id, type }, readsNoFile)).rejects.toThrow(
          `${id} is not the id of a stack of type ${type}`,
        )
    },
  )

  it('is refused with an event and with a template, too', async () => {
    const event = { ResourceType: 'Custom::HeatStack', ResourceProperties: {} }
    const template = {
      ROSTemplateFormatVersion: '2015-09-01',
      Resources: {
        Net: {
          Type: 'Custom::HeatStack',
          Properties: { ServiceToken: 'here', Parameters: { Stack: { Name: 'net' } } },
        },
      },
    }
    for (const document of [event, template])
      for (const sandbox of [false, true])
        await expect(
          targetsOf({ ...request, sandbox, target: 'file.json', id: SET }, () =>
            Promise.resolve(Buffer.from(JSON.stringify(document))),
          ),
        ).rejects.toThrow(`${SET} is not the id of a stack of type Custom::HeatStack`)
  })
})
