import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { error, pathTo, warning, type Finding } from '../../validate/finding.ts'
import { checkTemplate } from '../check-template.ts'
import { cycleIn } from '../../dependency-cycle.ts'
import type { CheckedTemplate } from '../checked-template.ts'
import { checkFields } from '../fields.ts'
import { OUTSIDE } from '../missing-names.ts'
import { entriesOf, namesIn } from '../sections.ts'
import { Spelling } from '../spelling.ts'
import { HEAT_CLOUDFORMATION } from './cloudformation-format.ts'
import type { HeatResource, HeatSurroundings } from './model.ts'
import { heatParameters } from './parameters.ts'
import { FUNCTIONS, heatReferences, type HeatReference } from './references.ts'
import { heatTypeFindings } from './resource-types.ts'
import { HEAT_TEMPLATE_VERSIONS, mayBeNewer } from './versions.ts'

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#template-structure */
const SECTIONS = [
  ...['heat_template_version', 'description', 'parameter_groups', 'parameters', 'resources', 'outputs'],
  'conditions',
]
const RESOURCE_FIELDS = [
  ...['type', 'properties', 'metadata', 'depends_on', 'update_policy', 'deletion_policy', 'external_id'],
  'condition',
]
const OUTPUT_FIELDS = ['value', 'description', 'condition', 'type']
const PSEUDO_PARAMETERS = ['OS::stack_id', 'OS::stack_name', 'OS::project_id']

/** Checks a template of Heat as data: HOT, or CloudFormation's format. */
export async function checkHeat(
  document: JsonObject,
  around: HeatSurroundings,
  outside: ReadonlySet<string> = new Set(),
): Promise<CheckedTemplate> {
  if (document['heat_template_version'] === undefined && isCloudFormation(document))
    return checkTemplate(document, HEAT_CLOUDFORMATION, outside)
  const spelling = new Spelling()
  const fields = {
    of: 'a template of Heat',
    known: SECTIONS,
    required: ['heat_template_version'],
    isStrict: true,
  }
  const { findings: ofSections, missing } = checkFields(document, '', fields, spelling)
  const wrong = [...ofSections, ...mapFindings(document)]
  // What a misspelt section has cannot be known.
  const isReadable = wrong.length === 0
  const { rules, findings: ofParameters } = heatParameters(document['parameters'], spelling)
  const { resources, findings: ofResources } = checkResources(document['resources'], spelling)
  const references = ['resources', 'outputs', 'conditions'].flatMap((section) =>
    heatReferences(document[section] ?? null, section),
  )
  return {
    findings: [
      ...missing.map((name) =>
        error(name, 'is missing; it names the version of the format, such as 2018-08-31'),
      ),
      ...versionFindings(document['heat_template_version'], spelling),
      ...wrong,
      ...ofParameters,
      ...ofResources,
      ...outputFindings(document['outputs'], spelling),
      ...(isReadable
        ? [
            ...missingNames(document, references, around, { outside, spelling }),
            ...dependsOnFindings(resources, document, spelling),
            ...circularFindings(resources, references),
          ]
        : []),
      ...misspeltFunctions(document, spelling),
      ...(await heatTypeFindings(resources, references, around)),
    ],
    parameters: isReadable ? rules : undefined,
    outputs: isReadable ? new Set(entriesOf(document['outputs']).map(([name]) => name)) : undefined,
  }
}

function isCloudFormation(document: JsonObject): boolean {
  return ['AWSTemplateFormatVersion', 'HeatTemplateFormatVersion'].some(
    (name) => document[name] !== undefined,
  )
}

function versionFindings(version: JsonValue | undefined, spelling: Spelling): Finding[] {
  if (version === undefined) return []
  const text = asText(version)
  if (HEAT_TEMPLATE_VERSIONS.includes(text)) return []
  const problem = `is not a version that Heat has${spelling.hint(text, HEAT_TEMPLATE_VERSIONS)}`
  return [(mayBeNewer(text) ? warning : error)('heat_template_version', problem)]
}

function mapFindings(document: JsonObject): Finding[] {
  return ['parameters', 'resources', 'outputs', 'conditions']
    .filter(
      (name) => document[name] !== undefined && document[name] !== null && !isJsonObject(document[name]),
    )
    .map((name) => error(name, 'must be a map'))
}

function checkResources(
  section: JsonValue | undefined,
  spelling: Spelling,
): { readonly resources: readonly HeatResource[]; readonly findings: readonly Finding[] } {
  const resources: HeatResource[] = []
  const findings: Finding[] = []
  for (const [name, definition] of entriesOf(section)) {
    const path = pathTo('resources', name)
    if (!isJsonObject(definition)) {
      findings.push(error(path, 'must be a map with a type'))
      continue
    }
    const fields = { of: 'a resource', known: RESOURCE_FIELDS, required: ['type'], isStrict: true }
    const checked = checkFields(definition, path, fields, spelling)
    findings.push(...checked.findings, ...checked.missing.map(() => error(path, 'must have a type')))
    const { type } = definition
    if (typeof type === 'string') resources.push({ name, path, type, definition })
    else if (type !== undefined && !isJsonObject(type))
      findings.push(error(pathTo(path, 'type'), 'must be a string'))
  }
  return { resources, findings }
}

function outputFindings(section: JsonValue | undefined, spelling: Spelling): Finding[] {
  return entriesOf(section).flatMap(([name, definition]) => {
    const path = pathTo('outputs', name)
    if (!isJsonObject(definition)) return [error(path, 'must be a map with a value')]
    const fields = { of: 'an output', known: OUTPUT_FIELDS, required: ['value'], isStrict: false }
    const { findings, missing } = checkFields(definition, path, fields, spelling)
    return [...findings, ...missing.map(() => error(path, 'must have a value'))]
  })
}

const KINDS = {
  parameter: 'a parameter',
  resource: 'a resource',
  condition: 'a condition',
} as const

function missingNames(
  document: JsonObject,
  references: readonly HeatReference[],
  { files }: HeatSurroundings,
  { outside, spelling }: { readonly outside: ReadonlySet<string>; readonly spelling: Spelling },
): Finding[] {
  const names = {
    parameter: [...entriesOf(document['parameters']).map(([name]) => name), ...PSEUDO_PARAMETERS],
    resource: entriesOf(document['resources']).map(([name]) => name),
    condition: entriesOf(document['conditions']).map(([name]) => name),
  }
  const known = {
    parameter: new Set(names.parameter),
    resource: new Set(names.resource),
    condition: new Set(names.condition),
  }
  const inResources = entriesOf(document['resources']).flatMap(([name, definition]) => {
    const condition = isJsonObject(definition) ? definition['condition'] : undefined
    const path = `${pathTo('resources', name)}.condition`
    return typeof condition === 'string' ? [{ to: 'condition' as const, name: condition, path }] : []
  })
  const reported = new Set<string>()
  return [...references, ...inResources].flatMap(({ to, name, path }) => {
    const key = `${path} ${to} ${name}`
    if (reported.has(key)) return []
    reported.add(key)
    if (to === 'file')
      return files === undefined || files.has(name)
        ? []
        : [error(path, `names the file ${name}, whose content must be given in Stack.Files`)]
    return known[to].has(name)
      ? []
      : [
          error(
            path,
            `refers to ${name}, which is not ${KINDS[to]} of this template${outside.has(name) ? OUTSIDE : spelling.hint(name, names[to])}`,
          ),
        ]
  })
}

function dependsOnFindings(
  resources: readonly HeatResource[],
  document: JsonObject,
  spelling: Spelling,
): Finding[] {
  const names = entriesOf(document['resources']).map(([name]) => name)
  const known = new Set(names)
  return resources.flatMap(({ path, definition }) =>
    namesIn(definition['depends_on'])
      .filter((name) => !known.has(name))
      .map((name) =>
        error(
          pathTo(path, 'depends_on'),
          `names ${name}, which is not a resource of this template${spelling.hint(name, names)}`,
        ),
      ),
  )
}

/** Those with a condition, and references that an `if` decides about, do not count. */
function circularFindings(
  resources: readonly HeatResource[],
  references: readonly HeatReference[],
): Finding[] {
  const certain = new Map(
    resources.flatMap(({ name, definition }): [string, string[]][] =>
      definition['condition'] === undefined ? [[name, namesIn(definition['depends_on'])]] : [],
    ),
  )
  for (const { to, name, path, isConditional } of references) {
    const [section, resource = '', part] = path.split('.', 3)
    if (section === 'resources' && part === 'properties' && to === 'resource' && !isConditional)
      certain.get(resource)?.push(name)
  }
  const cycle = cycleIn(
    new Map(
      [...certain].map(([name, needed]): [string, string[]] => [
        name,
        needed.filter((one) => certain.has(one)),
      ]),
    ),
  )
  return cycle === undefined
    ? []
    : [error(`resources.${cycle[0] ?? ''}`, `depends on itself: ${cycle.join(' → ')}`)]
}

/** A map whose only key looks like a function: Heat would send it as it is. */
function misspeltFunctions(document: JsonObject, spelling: Spelling): Finding[] {
  const findings: Finding[] = []
  const visit = (value: JsonValue, path: string): void => {
    if (isJsonList(value)) for (const [index, item] of value.entries()) visit(item, pathTo(path, index))
    if (!isJsonObject(value)) return
    const [name, ...others] = Object.keys(value)
    if (
      name !== undefined &&
      others.length === 0 &&
      /^(?:get|str|list|map)_/i.test(name) &&
      !FUNCTIONS.includes(name)
    ) {
      const near = spelling.nearest(name, FUNCTIONS)
      if (near !== undefined)
        findings.push(warning(path, `calls ${name}, which is not a function of Heat; did you mean ${near}?`))
    }
    for (const [key, item] of Object.entries(value)) visit(item, pathTo(path, key))
  }
  for (const section of ['resources', 'outputs', 'conditions']) visit(document[section] ?? null, section)
  return findings
}
