import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { PropertyProblem } from '../../providers/property-problem.ts'
import { isNoValue, mayBeNoValue, replaceFunctions } from './ros-functions.ts'

/**
 * Properties in which ROS will compute some values are checked with stand-ins for these. What is found counts only where it
 * holds whatever the values will be.
 */

export type Check = (properties: JsonObject) => Promise<readonly PropertyProblem[]>

export interface CheckedTemplate {
  readonly problems: readonly PropertyProblem[]
  /** How many values are not known before the template is deployed. */
  readonly unknown: number
}

/** `undefined`: the property is left out. */
type StandIn = JsonValue | undefined

/** One of them fits most properties: names, numbers, flags, addresses, lists, and the forms that some texts must have. */
const STAND_INS: readonly JsonValue[] = [
  ...['unknown', 'https://unknown.example/', 900, 100, true, {}, [], ['unknown']],
  ...['arn:aws:iam::123456789012:role/unknown', 'acs:ram::1234567890123456:role/unknown'],
  '-----BEGIN CERTIFICATE-----',
]
const [FIRST] = STAND_INS

interface Place {
  readonly path: string
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
  const certain = await independentOf(places, elsewhere, fitting.standIns, run)
  return { problems: [...atPlaces, ...certain], unknown: places.length }
}

type StandIns = ReadonlyMap<string, StandIn>
type Run = (standIns: StandIns) => Promise<readonly PropertyProblem[]>

function placesOf(properties: JsonObject): Place[] {
  const places: Place[] = []
  replaceFunctions(properties, '', (called, path) => {
    if (!isNoValue({ [called.name]: called.argument })) places.push({ path, optional: mayBeNoValue(called) })
    return undefined
  })
  return places
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
  const standIns = new Map<string, StandIn>(places.map(({ path }) => [path, FIRST]))
  const problems = await run(standIns)
  const certain: PropertyProblem[] = []
  for (const { path } of places.filter((place) => touching(problems, place.path).length > 0)) {
    const tries: { standIn: StandIn; problems: readonly PropertyProblem[] }[] = []
    for (const standIn of [...STAND_INS, undefined])
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
  standIns: StandIns,
  run: Run,
): Promise<readonly PropertyProblem[]> {
  let left = problems
  for (const { path, optional } of places) {
    // What is found beside a wrong value, too, does not depend on the right one.
    if (isGuess(standIns.get(path), optional))
      left = intersection(left, await run(new Map([...standIns, [path, FIRST]])))
    const fewest = touching(left, path).length
    for (const other of optional ? [...STAND_INS, undefined] : STAND_INS) {
      if (left.length === 0) return left
      const found = await run(new Map([...standIns, [path, other]]))
      const fits = touching(found, path).length <= fewest
      if (fits) left = intersection(left, found)
    }
  }
  return left
}

/** Nothing fitted, though something will stand there; or a map or list did, of which nobody knows what it will hold. */
function isGuess(standIn: StandIn, optional: boolean): boolean {
  return standIn === undefined ? !optional : typeof standIn === 'object'
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
