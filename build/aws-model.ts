import { readFileSync } from 'node:fs'
import * as sdk from '@aws-sdk/client-cloudformation'
import * as v from 'valibot'

/**
 * Compares CloudFormation's model in the installed AWS SDK with `aws-model.json`: the operations, the members of the
 * shapes, and the enums that the bridge uses or ignores on purpose. A new release of the SDK shows so what AWS has added.
 * `npx tsx build/aws-model.ts` prints the differences, and fails where there are any.
 */

const names = v.array(v.string())
const list = v.strictObject({
  operations: v.strictObject({ used: names, ignored: names }),
  /** By shape. */
  members: v.record(v.string(), v.strictObject({ used: names, ignored: names })),
  enums: v.record(v.string(), names),
})

export type Model = v.InferOutput<typeof list>

export function committedModel(): Model {
  return v.parse(list, JSON.parse(readFileSync(new URL('aws-model.json', import.meta.url), 'utf8')))
}

/** One line for each name that only the SDK or only the list has. */
export function differences(model: Model): string[] {
  const exported = new Map<string, unknown>(Object.entries(sdk))
  const operations = [...exported.keys()].flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? [])
  return [
    ...compared('operation', operations, [...model.operations.used, ...model.operations.ignored]),
    ...Object.entries(model.members).flatMap(([shape, { used, ignored }]) =>
      compared(`member of ${shape}`, membersOf(exported.get(`${shape}$`)), [...used, ...ignored]),
    ),
    ...Object.entries(model.enums).flatMap(([name, values]) =>
      compared(`value of ${name}`, valuesOf(exported.get(name)), values),
    ),
  ]
}

function compared(what: string, found: readonly string[], listed: readonly string[]): string[] {
  return [
    ...found.filter((name) => !listed.includes(name)).map((name) => `new ${what}: ${name}`),
    ...listed.filter((name) => !found.includes(name)).map((name) => `no longer there, ${what}: ${name}`),
  ]
}

/** https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/static-schemas.ts */
const structure = v.looseTuple([v.literal(3), v.string(), v.string(), v.unknown(), names])

function membersOf(schema: unknown): readonly string[] {
  const parsed = v.safeParse(structure, schema)
  return parsed.success ? parsed.output[4] : []
}

function valuesOf(enumeration: unknown): readonly string[] {
  const parsed = v.safeParse(v.record(v.string(), v.string()), enumeration)
  return parsed.success ? Object.values(parsed.output) : []
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1])) {
  const found = differences(committedModel())
  for (const line of found) console.log(line)
  console.log(
    found.length === 0
      ? 'The AWS SDK has what build/aws-model.json lists.'
      : 'Decide for each whether the bridge uses it, and list it in build/aws-model.json.',
  )
  process.exitCode = found.length === 0 ? 0 : 1
}
