import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providerRegistry, servedProviders } from '../../src/providers/registry.ts'

describe('a resource type that is not served', () => {
  it('is answered with the one that is probably meant, in any case of letters', () => {
    expect(providerRegistry.resolve('Custom::AWSCloudformationStack', undefined)).toMatchObject({
      problem: expect.stringContaining(
        'did you mean Custom::AwsCloudFormationStack? Served are: Custom::',
      ) as string,
    })
    expect(providerRegistry.resolve('Custom::Other', undefined)).toMatchObject({
      problem: expect.stringContaining('is not served; these are: Custom::') as string,
    })
  })
})

describe.each(servedProviders)('the service $name', ({ name, folder, resourceTypes, load }) => {
  it('loads the provider that has its name', async () => {
    expect((await load()).name).toBe(name)
  })

  it('knows which outputs are stored, also for a Delete and for a read-only resource', async () => {
    const StoredOutputs = { Names: ['Key'], Prefix: 'team' }
    expect((await load()).propertiesToFollow({ StoredOutputs })).toMatchObject({ StoredOutputs })
  })

  it('is in the folder that it names', () => {
    const index = readFileSync(join(import.meta.dirname, '../../src/providers', folder, 'index.ts'), 'utf8')
    expect(index).toContain(`defineService('${name}'`)
  })

  it('shares no name and no resource type with another service', () => {
    const others = servedProviders.filter((one) => one.folder !== folder)
    expect(others).toHaveLength(servedProviders.length - 1)
    expect(others.map((one) => one.name)).not.toContain(name)
    const taken = others.flatMap((one) => one.resourceTypes)
    expect(resourceTypes.filter((type) => taken.includes(type))).toEqual([])
  })
})
