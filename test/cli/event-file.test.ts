import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { completeEvent, readEventFile } from '../../src/cli/event-file.ts'
import { UsageError } from '../../src/cli/usage-error.ts'

const read = (event: object) => readEventFile('-', Readable.from([Buffer.from(JSON.stringify(event))]))

describe('an event file', () => {
  it.each([
    ['RequestTyp', 'RequestType'],
    ['requestType', 'RequestType'],
    ['ResourceTyp', 'ResourceType'],
    ['PhysicalResourceID', 'PhysicalResourceId'],
    ['ResourcePropertys', 'ResourceProperties'],
  ])(
    'with the misspelt field %s is refused with the correct name, since a default would change the request',
    async (name, meant) => {
      await expect(read({ [name]: 'Delete' })).rejects.toThrow(UsageError)
      await expect(read({ [name]: 'Delete' })).rejects.toThrow(
        `has the field ${name}; did you mean ${meant}?`,
      )
    },
  )

  it('may have fields that the bridge does not read', async () => {
    const event = { RequestType: 'Delete', Signature: { Date: 'x' }, ResourceGroupId: 'rg', Note: 'mine' }
    expect(await read(event)).toEqual(event)
    expect(completeEvent(await read(event))['RequestType']).toBe('Delete')
  })
})
