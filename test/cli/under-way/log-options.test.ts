import { describe, expect, it } from 'vitest'
import { logOptionsOf } from '../../../src/cli/under-way/log-options.ts'

describe('the options for the place of the log', () => {
  it('are a project, a logstore and an endpoint', () => {
    expect(logOptionsOf({})).toEqual({})
    const place = { project: 'stackbridge-1', logstore: 'stackbridge' }
    expect(logOptionsOf({ ...place, logEndpoint: 'https://cn-hangzhou-intranet.log.aliyuncs.com/' })).toEqual(
      {
        log: place,
        endpoint: 'https://cn-hangzhou-intranet.log.aliyuncs.com',
      },
    )
  })

  it.each([
    [{ project: 'one' }, '--project and --logstore'],
    [{ project: 'evil.example/', logstore: 'one' }, 'not the name of a project'],
    [{ project: 'one', logstore: '../two' }, 'not the name of a logstore'],
    [{ logEndpoint: 'log.aliyuncs.com' }, 'not an endpoint'],
    [{ logEndpoint: 'https://user:secret@log.aliyuncs.com' }, 'not an endpoint'],
    [{ logEndpoint: 'https://log.aliyuncs.com/path' }, 'not an endpoint'],
    [{ logEndpoint: 'http://cn-hangzhou.log.aliyuncs.com' }, 'not an endpoint'],
  ])('are refused with the reason: %j', (options, message) => {
    expect(() => logOptionsOf(options)).toThrow(message)
  })
})
