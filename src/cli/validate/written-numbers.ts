import { isJsonList, isJsonObject, SourceNumber, type JsonValue } from '../../platform/json.ts'
import { pathTo, warning, type Finding } from './finding.ts'

/** How the scalars of a template are written. */
export interface WrittenValues extends WrittenNumbers {
  /** A scalar without quotes; `undefined` where there is none. */
  readonly plainAt: (path: string) => string | undefined
}

/** How the numbers of a template are written. */
export interface WrittenNumbers {
  /** `undefined` where there is no number at the path. */
  readonly numberAt: (path: string) => string | undefined
  /** Whether the template is JSON, which gives some numbers another meaning than YAML. */
  readonly isJson: boolean
}

/**
 * Warns of numbers that ROS itself changes before it sends the event: it reads a number with a fraction as a double, and
 * some forms as YAML 1.1 does. Integers keep all their digits.
 */
export function writtenNumberFindings(
  value: JsonValue | undefined,
  path: string,
  { numberAt, isJson }: WrittenNumbers,
): Finding[] {
  if (value === undefined) return []
  if (isJsonList(value))
    return value.flatMap((item, index) =>
      writtenNumberFindings(item, `${path}[${String(index)}]`, { numberAt, isJson }),
    )
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, item]) =>
      writtenNumberFindings(item, pathTo(path, name), { numberAt, isJson }),
    )
  if (typeof value !== 'number' && !(value instanceof SourceNumber)) return []
  const written = numberAt(path)
  const problem = written === undefined ? undefined : problemWith(written, isJson)
  return problem === undefined ? [] : [warning(path, problem)]
}

/** https://yaml.org/type/float.html: an exponent has a sign there, and without one the value is text. */
const YAML_FLOAT = /^[-+]?\d+\.\d*(?:[eE][-+]\d+)?$/
const INTEGER = /^(?:-?[1-9]\d*|0)$/
const PLAIN_FLOAT = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/

function problemWith(written: string, isJson: boolean): string | undefined {
  if (INTEGER.test(written)) return undefined
  if (!PLAIN_FLOAT.test(written) || /^-?0\d/.test(written))
    return 'is a number in a form that ROS may read as another one; put it in quotes to keep it as it is written'
  if (!isJson && !YAML_FLOAT.test(written)) return undefined
  return doubleAsSent(Number(written)) === written
    ? undefined
    : 'is a number that ROS sends in another form or with fewer digits; put it in quotes to keep it as it is written'
}

/** As Python, in which ROS is written, spells a double: https://docs.python.org/3/library/functions.html#repr */
function doubleAsSent(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-4 && size < 1e16))
    return Number.isInteger(value) ? `${text(value)}.0` : text(value)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${digits}e${exponent.replace(/^([-+])(\d)$/, '$10$2')}`
}

function text(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
