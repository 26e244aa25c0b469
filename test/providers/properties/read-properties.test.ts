import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  parseJson,
  isJsonObject,
  SourceNumber,
  type JsonObject,
  type JsonValue,
} from '../../../src/platform/json.ts'
import {
  entriesOf,
  flag,
  integer,
  isSchema,
  text,
  unwrap,
} from '../../../src/providers/properties/property-schema.ts'
import { readProperties } from '../../../src/providers/properties/read-properties.ts'
import { servedProviders } from '../../../src/providers/registry.ts'

async function schemaOf(folder: string): Promise<v.GenericSchema> {
  const module: unknown = await import(
    new URL(`../../../src/providers/${folder}/properties.ts`, import.meta.url).href
  )
  const properties = isJsonObject(module) ? module['properties'] : undefined
  if (!isSchema(properties)) throw new Error('no schema')
  return properties
}

/** Each optional property, with the names that lead to it. */
function optionalPaths(schema: unknown, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(entriesOf(unwrap(schema)) ?? {}).flatMap(([name, entry]) => {
    const here = [...path, name]
    return [...(isSchema(entry) && entry.type === 'optional' ? [here] : []), ...optionalPaths(entry, here)]
  })
}

/** Each property that is a map with free names. */
function mapPaths(schema: unknown, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(entriesOf(unwrap(schema)) ?? {}).flatMap(([name, entry]) => {
    const here = [...path, name]
    return entriesOf(unwrap(entry)) === undefined ? [] : [here, ...mapPaths(entry, here)]
  })
}

function withValue([name = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  return { [name]: rest.length === 0 ? value : withValue(rest, value) }
}

/** The maps around the property, without it. */
function without([name = '', ...rest]: readonly string[]): JsonObject {
  return rest.length === 0 ? {} : { [name]: without(rest) }
}

function problems(schema: v.GenericSchema, given: JsonObject): string[] {
  const read = readProperties(schema, given)
  return read.ok ? [] : read.problems.map(({ path, problem }) => `${path} ${problem}`)
}

describe.each(servedProviders.map(({ name, folder }) => ({ name, folder })))('$name', ({ folder }) => {
  it.each([[''], [null]])(
    'takes an optional property that is %o for absent, at every depth',
    async (value) => {
      const schema = await schemaOf(folder)
      const paths = optionalPaths(schema)
      expect(paths.length).toBeGreaterThan(10)
      for (const path of paths)
        expect(problems(schema, withValue(path, value))).toEqual(problems(schema, without(path)))
    },
  )

  it.each([
    ['a number', new SourceNumber('8.0')],
    ['a list', ['a', new SourceNumber('1e3')]],
  ])('refuses %s in the place of a map at that place, at every depth', async (kind, value) => {
    const schema = await schemaOf(folder)
    const places = mapPaths(schema)
    expect(places.length).toBeGreaterThan(1)
    for (const place of places) {
      const path = place.join('.')
      const about = problems(schema, withValue(place, value)).filter((problem) => problem.startsWith(path))
      expect(about).toEqual([expect.stringMatching(new RegExp(`^${path} must be a map, but is ${kind}$`))])
    }
  })
})

const schema = v.strictObject({
  Name: v.optional(text),
  Note: v.optional(v.string()),
  Size: v.optional(integer(1, 10)),
  On: v.optional(flag),
  Role: text,
  Tags: v.optional(v.union([v.record(text, v.string()), v.array(text)])),
  Inputs: v.optional(v.record(text, v.unknown())),
})

describe('an empty value', () => {
  it('is kept if the rule of the property accepts it', () => {
    const given = { Role: 'r', Note: '', Tags: { a: '' }, Inputs: { a: null, b: '' } }
    expect(readProperties(schema, given)).toEqual({ ok: true, properties: given })
  })

  it('counts as absent if the rule does not accept it, also in a map', () => {
    const given = { Role: 'r', Name: '', Note: null, Size: '', On: null, Tags: { a: null, b: 'c' } }
    expect(readProperties(schema, given)).toEqual({ ok: true, properties: { Role: 'r', Tags: { b: 'c' } } })
  })

  it('is refused once if the property is mandatory', () => {
    expect(problems(schema, { Role: '' })).toEqual(['Role must not be empty'])
    expect(problems(schema, { Role: null })).toEqual(['Role must be a string, but is null'])
  })
})

describe('a number that a double would change', () => {
  const read = (json: string) => {
    const parsed = parseJson(Buffer.from(json))
    if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('no properties')
    return readProperties(schema, parsed.value)
  }

  it('is accepted as a whole number if it is one', () => {
    expect(read('{"Role":"r","Size":8.0}')).toEqual({ ok: true, properties: { Role: 'r', Size: 8 } })
    expect(read('{"Role":"r","Size":1e400}')).toMatchObject({ ok: false })
    expect(read('{"Role":"r","Size":8.5}')).toMatchObject({ ok: false })
  })

  it('is never read as a map', () => {
    expect(read('{"Role":"r","Tags":8.0}')).toEqual({
      ok: false,
      problems: [{ path: 'Tags', problem: 'must be a map, but is a number' }],
    })
  })

  it('is not read as a map in a list, and a list is none either', () => {
    expect(read('{"Role":"r","Inputs":["a"]}')).toMatchObject({
      problems: [{ path: 'Inputs', problem: 'must be a map, but is a list' }],
    })
    expect(read('{"Role":"r","Inputs":{"a":[8.0, ["b"]]}}')).toMatchObject({ ok: true })
    expect(read('{"Role":"r","Inputs":[]}')).toEqual({ ok: true, properties: { Role: 'r', Inputs: {} } })
  })
})
