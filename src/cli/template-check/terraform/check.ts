import { cycleIn } from '../../dependency-cycle.ts'
import { error, type Finding } from '../../validate/finding.ts'
import type { CheckedTemplate } from '../checked-template.ts'
import { Spelling } from '../spelling.ts'
import type { Declared, TerraformConfiguration } from './configuration.ts'
import { hclConfiguration } from './hcl-configuration.ts'
import { jsonConfiguration } from './json-configuration.ts'

/** A file of a configuration. */
export interface TerraformFile {
  /** Where its text is in the template. */
  readonly path: string
  readonly text: string
}

/** Checks the files (`.tf`, `.tf.json`) of one configuration of Terraform. */
export function checkTerraform(files: readonly TerraformFile[]): CheckedTemplate {
  const read = files.map((file) => ({ file, configuration: configurationOf(file.text) }))
  const isWhole = read.every(({ configuration }) => configuration.problems.length === 0)
  const problems = read.flatMap(({ file, configuration }) =>
    configuration.problems.map(({ severity, line, problem }) => finding(file, line, problem, severity)),
  )
  const outputs = read.flatMap(({ configuration }) => configuration.outputs)
  const variables = read.flatMap(({ configuration }) => configuration.variables)
  return {
    findings: [...problems, ...(isWhole ? [...duplicates(read), ...missing(read), ...circular(read)] : [])],
    parameters: isWhole ? new Map(variables.map(({ name, rules }) => [name, rules])) : undefined,
    outputs: isWhole ? new Set(outputs.map(({ name }) => name)) : undefined,
    sensitiveOutputs: new Set(outputs.flatMap(({ name, isSensitive }) => (isSensitive ? [name] : []))),
  }
}

interface ReadFile {
  readonly file: TerraformFile
  readonly configuration: TerraformConfiguration
}

function configurationOf(text: string): TerraformConfiguration {
  return /^[\s\ufeff]*\{/.test(text) ? jsonConfiguration(text) : hclConfiguration(text)
}

function finding(
  file: TerraformFile,
  line: number,
  problem: string,
  severity: Finding['severity'] = 'error',
): Finding {
  return { ...error(file.path, problem), severity, inText: { path: file.path, line } }
}

function duplicates(read: readonly ReadFile[]): Finding[] {
  const seen = new Set<string>()
  const twice = (file: TerraformFile, { name, line }: Declared, what: string): Finding[] => {
    const isTwice = seen.has(name)
    seen.add(name)
    return isTwice ? [finding(file, line, `declares ${what} twice`)] : []
  }
  return read.flatMap(({ file, configuration: { declared, outputs } }) => [
    ...declared.flatMap((one) => twice(file, one, one.name)),
    ...outputs.flatMap((one) =>
      twice(file, { ...one, name: `output.${one.name}` }, `the output ${one.name}`),
    ),
  ])
}

function missing(read: readonly ReadFile[]): Finding[] {
  const names = read.flatMap(({ configuration }) => configuration.declared.map(({ name }) => name))
  const known = new Set(names)
  const prefixes = new Set(names.map(providerOf).filter((prefix) => prefix !== undefined))
  const spelling = new Spelling()
  const reported = new Set<string>()
  return read.flatMap(({ file, configuration }) =>
    configuration.references.flatMap(({ name, line }) => {
      const key = `${file.path} ${String(line)} ${name}`
      if (known.has(name) || reported.has(key) || !isAddress(name, prefixes)) return []
      reported.add(key)
      return [finding(file, line, `refers to ${name}, which is not declared${spelling.hint(name, names)}`)]
    }),
  )
}

/** Other names with a dot can be of a variable that a loop makes. */
function isAddress(name: string, providers: ReadonlySet<string>): boolean {
  return /^(?:var|local|module|data)\./.test(name) || providers.has(providerOf(name) ?? '')
}

/** `huaweicloud` of `huaweicloud_vpc.main`. */
function providerOf(name: string): string | undefined {
  return /^(?:data\.)?([a-z0-9]+)_\w+\./.exec(name)?.[1]
}

/** Terraform orders by each reference, also by those in conditions. */
function circular(read: readonly ReadFile[]): Finding[] {
  const places = new Map(
    read.flatMap(({ file, configuration }) =>
      configuration.declared.map(({ name, line }): [string, { file: TerraformFile; line: number }] => [
        name,
        { file, line },
      ]),
    ),
  )
  const needed = new Map<string, string[]>([...places.keys()].map((name) => [name, []]))
  for (const { from, name } of read.flatMap(({ configuration }) => configuration.references))
    if (from !== undefined && places.has(name)) needed.get(from)?.push(name)
  const cycle = cycleIn(needed)
  const place = places.get(cycle?.[0] ?? '')
  return cycle === undefined || place === undefined
    ? []
    : [
        finding(
          place.file,
          place.line,
          `has ${cycle[0] ?? ''}, which depends on itself: ${cycle.join(' → ')}`,
        ),
      ]
}
