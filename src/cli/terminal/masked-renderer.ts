import { SourceNumber } from '../../platform/json.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { Renderer } from '../report.ts'

/** Shows reports without the values in `secrets`. */
export function maskedRenderer(renderer: Renderer, secrets: Secrets): Renderer {
  return {
    report(report) {
      renderer.report(masked(report, secrets))
    },
    close() {
      renderer.close()
    },
  }
}

/** The fields whose own names come from a template. */
const OUTPUTS: readonly string[] = ['outputs', 'data']

/** A copy of a report, or of a part of one, without the values in `secrets`. */
export function masked<Value>(value: Value, secrets: Secrets, withNames?: boolean): Value
export function masked(value: unknown, secrets: Secrets, withNames = false): unknown {
  if (typeof value === 'string') return secrets.mask(value)
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, secrets, withNames))
  if (value instanceof SourceNumber) {
    const text = secrets.mask(value.text)
    return text === value.text ? value : text
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      withNames ? secrets.mask(name) : name,
      masked(item, secrets, withNames || OUTPUTS.includes(name)),
    ]),
  )
}
