import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { pathTo } from '../validate/finding.ts'
import { TemplateError } from './template.ts'

/** https://www.alibabacloud.com/help/en/ros/user-guide/rules */
const MOST_ASSERTIONS = 100

/**
 * Checks the values of parameters by the template's `Rules`. `isMet` computes a condition. Throws `TemplateError` for the first
 * assertion that does not hold, with its `AssertDescription`.
 */
export function checkRules(rules: JsonObject, isMet: (condition: JsonValue, path: string) => boolean): void {
  for (const [name, rule] of Object.entries(rules)) {
    const path = pathTo('Rules', name)
    if (!isJsonObject(rule)) throw new TemplateError(path, 'must be a map')
    const { RuleCondition: condition, Assertions: assertions = null } = rule
    if (!isJsonList(assertions) || assertions.length === 0 || assertions.length > MOST_ASSERTIONS)
      throw new TemplateError(
        pathTo(path, 'Assertions'),
        `must be a list of 1 to ${String(MOST_ASSERTIONS)} assertions`,
      )
    if (condition !== undefined && !isMet(condition, pathTo(path, 'RuleCondition'))) continue
    for (const [index, assertion] of assertions.entries())
      checkAssertion(assertion, pathTo(pathTo(path, 'Assertions'), index), isMet)
  }
}

function checkAssertion(
  assertion: JsonValue,
  path: string,
  isMet: (condition: JsonValue, path: string) => boolean,
): void {
  const { Assert: asserted, AssertDescription: description } = isJsonObject(assertion) ? assertion : {}
  if (asserted === undefined) throw new TemplateError(path, 'must have an Assert')
  if (isMet(asserted, pathTo(path, 'Assert'))) return
  throw new TemplateError(path, `does not hold${description === undefined ? '' : `: ${asText(description)}`}`)
}
