import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import { error, pathTo, warning, type Finding } from '../validate/finding.ts'
import { parseSource, type DoubtfulNumber, type DuplicateKey } from '../validate/source-document.ts'
import { UNKNOWN_TEMPLATE, type CheckedTemplate } from './checked-template.ts'

/** No cloud takes a larger template, and reading one takes long. Characters. */
const LONGEST = 1_048_576

export type CheckDocument = (document: JsonObject) => CheckedTemplate | Promise<CheckedTemplate>

/** Checks a template in YAML or JSON, whose text is at `path`. Its findings have that path, and their lines in the text. */
export async function checkText(path: string, text: string, check: CheckDocument): Promise<CheckedTemplate> {
  if (text.length > LONGEST) return UNKNOWN_TEMPLATE
  const source = parseSource(text)
  if (!source.ok)
    return {
      ...UNKNOWN_TEMPLATE,
      findings: [
        {
          ...(source.isRefusedHereOnly
            ? warning(path, `${source.problem}; its cloud may accept it, and it was not checked`)
            : error(path, source.problem)),
          inText: { path, line: source.line ?? 1 },
        },
      ],
    }
  if (!isJsonObject(source.value))
    return { ...UNKNOWN_TEMPLATE, findings: [error(path, 'must be a template: a map of its sections')] }
  // What the other section of the same name has cannot be known.
  const checked = source.duplicates.some(({ isTop }) => isTop) ? UNKNOWN_TEMPLATE : await check(source.value)
  return {
    ...checked,
    findings: [
      ...checked.findings.map((finding) => {
        const { inText } = finding
        const line =
          inText === undefined
            ? source.lineOf(finding.path)
            : (source.lineInText(inText.path, inText.line) ?? source.lineOf(inText.path))
        return { ...finding, path: pathTo(path, finding.path), inText: { path, line: line ?? 1 } }
      }),
      ...[...duplicateFindings(source.duplicates), ...numberFindings(source.doubtfulNumbers)].map(
        (finding) => ({
          ...finding,
          path,
          inText: { path, line: finding.line },
        }),
      ),
    ],
  }
}

/** The same of a template that is data already. */
export async function checkData(
  path: string,
  document: JsonObject,
  check: CheckDocument,
): Promise<CheckedTemplate> {
  const checked = await check(document)
  return {
    ...checked,
    findings: checked.findings.map((finding) => ({
      ...finding,
      path: pathTo(path, finding.path),
      ...(finding.inText === undefined
        ? {}
        : { inText: { ...finding.inText, path: pathTo(path, finding.inText.path) } }),
    })),
  }
}

/** AWS's ids of accounts have 12 digits. Readers of YAML make a number of what has no quotes. */
function numberFindings(numbers: readonly DoubtfulNumber[]): (Finding & { readonly line: number })[] {
  return numbers.flatMap(({ key, source, line }) => {
    if (source.startsWith('0') && !source.includes('.'))
      return [
        {
          ...warning('', `has ${key} as a number that begins with 0; put an id in quotes to keep its digits`),
          line,
        },
      ]
    return /version$/i.test(key)
      ? [
          {
            ...warning(
              '',
              `has ${key} as a number that ends with 0; put a version in quotes to keep its digits`,
            ),
            line,
          },
        ]
      : []
  })
}

/** Clouds differ: some refuse such a template, and others take the last value. */
export function duplicateFindings(
  duplicates: readonly DuplicateKey[],
): (Finding & { readonly line: number })[] {
  return duplicates.map(({ key, line }) => ({
    ...warning('', `has the key ${key} twice in one map; only the last one counts, if it is accepted`),
    line,
  }))
}
