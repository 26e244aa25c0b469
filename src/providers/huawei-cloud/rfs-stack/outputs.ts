import type { JsonValue } from '../../../platform/json.ts'
import { parseJson } from '../../../platform/json.ts'
import type { RfsOutput } from './client.ts'

const SENSITIVE =
  'is sensitive: RFS shows its value to nobody. Take the sensitive mark off the output, or read the value from the resource itself'

/** The outputs with their types: RFS writes each value as JSON in a text. Hidden outputs are returned apart. */
export function outputsOf(outputs: readonly RfsOutput[]) {
  const shown = outputs.filter(({ sensitive }) => sensitive !== true)
  const hidden = outputs.filter(({ sensitive }) => sensitive === true)
  return {
    outputs: Object.fromEntries(shown.map(({ name, value }) => [name, decoded(value)])),
    ...(hidden.length === 0
      ? {}
      : { failedOutputs: Object.fromEntries(hidden.map(({ name }) => [name, SENSITIVE])) }),
  }
}

function decoded(value: string | null | undefined): JsonValue {
  if (value === undefined || value === null) return null
  const parsed = parseJson(new TextEncoder().encode(value))
  // A value that is not JSON is plain text.
  return parsed.ok ? parsed.value : value
}
