import { isJsonList, isJsonObject, type JsonObject, type JsonValue, writeJson } from '../../platform/json.ts'
import type { PropertyProblem } from '../../providers/properties/property-problem.ts'
import { STAND_IN_CERTIFICATE } from './stand-in-certificate.ts'
import { isNoValue, mayBeNoValue, replaceFunctions } from './ros-functions.ts'

/**
 * Checks properties of which ROS computes some values at deployment. Each such value gets a stand-in. A problem is reported
 * only if it remains for every other stand-in.
 */

export type Check = (properties: JsonObject) => Promise<readonly PropertyProblem[]>

export interface CheckedTemplate {
  readonly problems: readonly PropertyProblem[]
  /** How many values are not known before the template is deployed. */
  readonly unknown: number
}

/** `undefined`: the property is left out. */
type StandIn = JsonValue | undefined

/** One of these, or a plain name, is valid for most properties: numbers, flags, URLs, lists and strings of a certain form. */
const STAND_INS: readonly JsonValue[] = [
  ...['https://unknown.example/', 900, 100, true, {}, [], ['unknown']],
  ...['arn:aws:iam::123456789012:role/unknown', 'acs:ram::1234567890123456:role/unknown'],
  STAND_IN_CERTIFICATE,
]

interface UnknownValue {
  readonly path: string
  /** The first stand-in: the same string for the same function, since both will have the same value. */
  readonly name: string
  readonly optional: boolean
}

/** `properties` as written in a template. */
export async function checkWithUnknownValues(properties: JsonObject, check: Check): Promise<CheckedTemplate> {
  const values = unknownValuesIn(properties)
  const run = (standIns: StandIns) => check(withStandIns(properties, standIns))
  const chosen = await chooseStandIns(values, run)
  const elsewhere = chosen.problems.filter(({ path }) => !values.some((value) => isWithin(path, value.path)))
  const alternatives = [...STAND_INS, ...shortTextsIn(properties).slice(0, MOST_TEXTS)]
  const certain = await independentOf(values, elsewhere, { alternatives, standIns: chosen.standIns }, run)
  return { problems: [...chosen.certain, ...certain], unknown: values.length }
}

type StandIns = ReadonlyMap<string, StandIn>
type Run = (standIns: StandIns) => Promise<readonly PropertyProblem[]>

function unknownValuesIn(properties: JsonObject): UnknownValue[] {
  const values: UnknownValue[] = []
  const names = new Map<string, string>()
  replaceFunctions(properties, '', (called, path) => {
    const value = { [called.name]: called.argument }
    if (isNoValue(value)) return undefined
    const written = writeJson(value)
    const name = names.get(written) ?? `unknown-${String(names.size + 1)}`
    names.set(written, name)
    values.push({ path, name, optional: mayBeNoValue(called) })
    return undefined
  })
  return values
}

/** A property may have to equal another one: strings of other properties are stand-ins, too. More would take too long. */
const MOST_TEXTS = 40
const LONGEST_TEXT = 100

function shortTextsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? [value] : []
  if (isJsonList(value)) return value.flatMap(shortTextsIn)
  const items = value !== null && isJsonObject(value) ? Object.values(value) : []
  return [...new Set(items.flatMap(shortTextsIn))]
}

/** A value without a stand-in is `ALIYUN::NoValue`: its property is left out. */
function withStandIns(properties: JsonObject, standIns: StandIns): JsonObject {
  const replaced = replaceFunctions(properties, '', (_, path) => standIns.get(path))
  return replaced !== undefined && isJsonObject(replaced) ? replaced : {}
}

interface ChosenStandIns {
  readonly standIns: StandIns
  /** Those with these stand-ins. */
  readonly problems: readonly PropertyProblem[]
  /** Problems of an unknown value that every stand-in has, such as a misspelt name of the property. */
  readonly certain: readonly PropertyProblem[]
}

/** Chooses the stand-in with the fewest problems for each value, so that checks that depend on it run, too. */
async function chooseStandIns(values: readonly UnknownValue[], run: Run): Promise<ChosenStandIns> {
  const standIns = new Map<string, StandIn>(values.map(({ path, name }) => [path, name]))
  const problems = await run(standIns)
  const certain: PropertyProblem[] = []
  const suspects = values.filter((value) => touching(problems, value.path).length > 0)
  for (const { path, name } of suspects) {
    const tries: { standIn: StandIn; problems: readonly PropertyProblem[] }[] = []
    for (const standIn of [name, ...STAND_INS, undefined])
      tries.push({ standIn, problems: await run(new Map([...standIns, [path, standIn]])) })
    const [best] = [...tries].sort(
      (one, other) => touching(one.problems, path).length - touching(other.problems, path).length,
    )
    standIns.set(path, best?.standIn)
    const given = tries.filter(({ standIn }) => standIn !== undefined)
    const always = given.map(({ problems }) => problems).reduce(intersection)
    certain.push(...always.filter((problem) => isWithin(problem.path, path)))
  }
  return { standIns, problems: suspects.length === 0 ? problems : await run(standIns), certain }
}

/** Those of `problems` that remain for every alternative of every unknown value. */
async function independentOf(
  values: readonly UnknownValue[],
  problems: readonly PropertyProblem[],
  { alternatives, standIns }: { readonly alternatives: readonly JsonValue[]; readonly standIns: StandIns },
  run: Run,
): Promise<readonly PropertyProblem[]> {
  let remaining = problems
  for (const { path, name, optional } of values) {
    // With a guessed stand-in, a problem counts only if the plain name gives it, too.
    if (isGuess(standIns.get(path)))
      remaining = intersection(remaining, await run(new Map([...standIns, [path, name]])))
    const fewest = touching(remaining, path).length
    for (const other of optional ? [...alternatives, undefined] : alternatives) {
      if (remaining.length === 0) return remaining
      const found = await run(new Map([...standIns, [path, other]]))
      const isValid = touching(found, path).length <= fewest
      if (isValid) remaining = intersection(remaining, found)
    }
  }
  return remaining
}

/** No stand-in was valid, or only a map or list, whose content is unknown. */
function isGuess(standIn: StandIn): boolean {
  return standIn === undefined || typeof standIn === 'object'
}

/** The problems that are in both lists. */
export function intersection(
  some: readonly PropertyProblem[],
  others: readonly PropertyProblem[],
): readonly PropertyProblem[] {
  return some.filter(({ path, problem }) =>
    others.some((other) => other.path === path && other.problem === problem),
  )
}

/** The problems at a path, below it, and above it. */
function touching(problems: readonly PropertyProblem[], at: string): PropertyProblem[] {
  return problems.filter(({ path }) => isWithin(path, at) || (path !== '' && isWithin(at, path)))
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
}
