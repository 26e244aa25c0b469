import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { PropertyProblem } from '../../providers/properties/property-problem.ts'
import { isNoValue, mayBeNoValue, replaceFunctions } from './ros-functions.ts'

/**
 * Properties in which ROS will compute some values are checked with stand-ins for these. What is found counts only where no
 * other value of one of them would take it away.
 */

export type Check = (properties: JsonObject) => Promise<readonly PropertyProblem[]>

export interface CheckedTemplate {
  readonly problems: readonly PropertyProblem[]
  /** How many values are not known before the template is deployed. */
  readonly unknown: number
}

/** `undefined`: the property is left out. */
type StandIn = JsonValue | undefined

/** Beside a name, one of them fits most properties: numbers, flags, addresses, lists, and forms that some texts must have. */
const STAND_INS: readonly JsonValue[] = [
  ...['https://unknown.example/', 900, 100, true, {}, [], ['unknown']],
  ...['arn:aws:iam::123456789012:role/unknown', 'acs:ram::1234567890123456:role/unknown'],
  '-----BEGIN CERTIFICATE-----',
]

interface Place {
  readonly path: string
  /** What stands for it at first: the same text for the same function, since it will have the same value. */
  readonly name: string
  readonly optional: boolean
}

/** `properties` as they stand in a template. */
export async function checkWhateverTheValues(properties: JsonObject, check: Check): Promise<CheckedTemplate> {
  const places = placesOf(properties)
  const run = (standIns: StandIns) => check(withStandIns(properties, standIns))
  const fitting = await fit(places, run)
  const atPlaces = fitting.certain
  const elsewhere = (await run(fitting.standIns)).filter(
    ({ path }) => !places.some((place) => isWithin(path, place.path)),
  )
  const choice = [...STAND_INS, ...shortTextsIn(properties).slice(0, MOST_TEXTS)]
  const certain = await independentOf(places, elsewhere, { choice, standIns: fitting.standIns }, run)
  return { problems: [...atPlaces, ...certain], unknown: places.length }
}

type StandIns = ReadonlyMap<string, StandIn>
type Run = (standIns: StandIns) => Promise<readonly PropertyProblem[]>

function placesOf(properties: JsonObject): Place[] {
  const places: Place[] = []
  const names = new Map<string, string>()
  replaceFunctions(properties, '', (called, path) => {
    const value = { [called.name]: called.argument }
    if (isNoValue(value)) return undefined
    const written = JSON.stringify(value)
    const name = names.get(written) ?? `unknown-${String(names.size + 1)}`
    names.set(written, name)
    places.push({ path, name, optional: mayBeNoValue(called) })
    return undefined
  })
  return places
}

/** A value can be compared with what stands elsewhere: one of these it may be then. More would take too long. */
const MOST_TEXTS = 40
const LONGEST_TEXT = 100

function shortTextsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? [value] : []
  if (isJsonList(value)) return value.flatMap(shortTextsIn)
  const items = value !== null && isJsonObject(value) ? Object.values(value) : []
  return [...new Set(items.flatMap(shortTextsIn))]
}

/** A value without a stand-in is `ALIYUN::NoValue`, and left out. */
function withStandIns(properties: JsonObject, standIns: StandIns): JsonObject {
  const replaced = replaceFunctions(properties, '', (_, path) => standIns.get(path))
  return replaced !== undefined && isJsonObject(replaced) ? replaced : {}
}

interface Fitting {
  readonly standIns: StandIns
  /** What is wrong at a place whatever stands there, such as the name of the property. */
  readonly certain: readonly PropertyProblem[]
}

/** Chooses for each place the stand-in that fits best, so that what lies behind it is checked, too. */
async function fit(places: readonly Place[], run: Run): Promise<Fitting> {
  const standIns = new Map<string, StandIn>(places.map(({ path, name }) => [path, name]))
  const problems = await run(standIns)
  const certain: PropertyProblem[] = []
  for (const { path, name } of places.filter((place) => touching(problems, place.path).length > 0)) {
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
  return { standIns, certain }
}

/** Those of `problems` that no other value at one of the places takes away. */
async function independentOf(
  places: readonly Place[],
  problems: readonly PropertyProblem[],
  { choice, standIns }: { readonly choice: readonly JsonValue[]; readonly standIns: StandIns },
  run: Run,
): Promise<readonly PropertyProblem[]> {
  let left = problems
  for (const { path, name, optional } of places) {
    // What is found beside a wrong value, too, does not depend on the right one.
    if (isGuess(standIns.get(path)))
      left = intersection(left, await run(new Map([...standIns, [path, name]])))
    const fewest = touching(left, path).length
    for (const other of optional ? [...choice, undefined] : choice) {
      if (left.length === 0) return left
      const found = await run(new Map([...standIns, [path, other]]))
      const fits = touching(found, path).length <= fewest
      if (fits) left = intersection(left, found)
    }
  }
  return left
}

/** Nothing fitted, though something may stand there; or a map or list did, of which nobody knows what it will hold. */
function isGuess(standIn: StandIn): boolean {
  return standIn === undefined || typeof standIn === 'object'
}

/** Of the problems that are found in both ways. */
export function intersection(
  some: readonly PropertyProblem[],
  others: readonly PropertyProblem[],
): readonly PropertyProblem[] {
  return some.filter(({ path, problem }) =>
    others.some((other) => other.path === path && other.problem === problem),
  )
}

/** Those at a place, in it, and in what it is a part of. */
function touching(problems: readonly PropertyProblem[], place: string): PropertyProblem[] {
  return problems.filter(({ path }) => isWithin(path, place) || (path !== '' && isWithin(place, path)))
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
}
