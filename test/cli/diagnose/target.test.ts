import { describe, expect, it } from 'vitest'
import { targetsOf } from '../../../src/cli/diagnose/diagnose-target.ts'

const SET =
  'huaweicloud:rfs:cn-north-4:ba2b9930c977f71edaeaa3a5e96a8ff1:stack-sets/fleet/00000000-0000-4000-8000-000000000001'

async function eventFor(id: string) {
  const request = {
    ...{ target: id, parameters: new Map<string, string>(), sandbox: false, environment: {} },
    localStack: { state: '.stackbridge' },
  }
  return JSON.stringify(await targetsOf(request, () => Promise.reject(new Error('reads no file'))))
}

describe('an id without an event', () => {
  it('of instances leads to their stack set, since only the properties say which instances are meant', async () => {
    const asked = await eventFor(`${SET}/instances/388dd978-6771cfe7e62f6e52`)
    expect(asked).toContain('"Custom::HuaweiRfsStackSet"')
    expect(asked).toContain(`"${SET}"`)
    expect(asked).not.toContain('/instances/')
  })

  it('of a stack set leads to it', async () => {
    expect(await eventFor(SET)).toContain(`"${SET}"`)
  })
})
