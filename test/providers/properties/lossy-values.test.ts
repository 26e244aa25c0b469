import { describe, expect, it } from 'vitest'
import { isJsonObject, parseJson } from '../../../src/platform/json.ts'
import { lossyValues } from '../../../src/providers/properties/lossy-values.ts'

function problems(json: string): string[] {
  const parsed = parseJson(Buffer.from(json))
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('no properties')
  return lossyValues(parsed.value).map(({ path, problem }) => `${path} ${problem}`)
}

const HALF = 'must be valid Unicode, but holds one half of a surrogate pair'
const NAME = 'has a name that cannot be used here'

describe('a value that would reach the cloud changed', () => {
  it.each([
    ['{"Stack":{"Parameters":{"Text":"\\ud83d"}}}', `Stack.Parameters.Text ${HALF}`],
    ['{"Stack":{"Parameters":{"constructor":"x"}}}', `Stack.Parameters.constructor ${NAME}`],
    ['{"Stack":{"Files":{"__proto__":"x"}}}', `Stack.Files.__proto__ ${NAME}`],
    ['{"Outputs":{"prototype":"x"}}', `Outputs.prototype ${NAME}`],
  ])('is named: %s', (json, problem) => {
    expect(problems(json)).toEqual([problem])
  })

  it.each([
    '{"Stack":{"Parameters":{"Id":9007199254740991,"Part":0.1,"toString":"x","Text":"\\ud83d\\ude00"}}}',
    '{"Stack":{"Parameters":{"Id":9007199254740993,"Ids":[1,-12345678901234567890],"Version":8.0,"Large":1e999}}}',
    '{"Stack":{"Template":{"Resources":{"constructor":{"Type":"A"}}}}}',
  ])('is not found in %s', (json) => {
    expect(problems(json)).toEqual([])
  })
})
