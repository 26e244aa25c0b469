import * as v from 'valibot'

/** A rule that needs several fields of a map. `rule` begins with `must`; a violation is reported at `field`. */
export function fieldRule<Given extends object>(
  field: keyof Given & string,
  isKept: (given: Given) => boolean,
  rule: string,
): v.RawCheckAction<Given> {
  return v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || isKept(dataset.value)) return
    const input = dataset.value
    addIssue({
      message: rule,
      path: [{ type: 'unknown', origin: 'value', input, key: field, value: input[field] }],
    })
  })
}

/** Two fields that exclude each other. A violation is reported at `field`. */
export function notTogether<Given extends object>(
  field: keyof Given & string,
  other: keyof Given & string,
  explanation = '',
): v.RawCheckAction<Given> {
  const rule = `must not be given together with ${other}${explanation}`
  return fieldRule(field, (given) => given[field] === undefined || given[other] === undefined, rule)
}
