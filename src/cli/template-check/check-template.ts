import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { referencesAt, type Reference } from '../ros-template/references.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { error, pathTo, type Finding } from '../validate/finding.ts'
import type { CheckedTemplate } from './checked-template.ts'
import { circularFindings } from './circular-dependencies.ts'
import { conditionFindings } from './conditions.ts'
import type { Dialect } from './dialect.ts'
import { checkFields } from './fields.ts'
import { unknownFunctions } from './functions.ts'
import { mappingFindings } from './mappings.ts'
import { missingNames, withoutIndex } from './missing-names.ts'
import { parameterRules } from './parameters.ts'
import { sectionSizes } from './section-sizes.ts'
import { entriesOf, namesIn, type Resource } from './sections.ts'
import { Spelling } from './spelling.ts'

/** A template of CloudFormation or ROS that was looked through. */
export interface CheckedSections extends CheckedTemplate {
  /** What its functions refer to, in the sections that a stack is made of. */
  readonly references: readonly Reference[]
  readonly resources: readonly Resource[]
}

/** What one check of a template needs. */
interface Checking {
  readonly document: JsonObject
  readonly dialect: Dialect
  /** Whether a transform may accept other sections and fields. */
  readonly isOpen: boolean
  readonly spelling: Spelling
}

/**
 * Checks a template as data, with functions as maps. Makes no call. `outside`: names that the template around it has, which a
 * user may take for its own.
 */
export function checkTemplate(
  document: JsonObject,
  dialect: Dialect,
  outside: ReadonlySet<string>,
): CheckedSections {
  const transformed = dialect.transformed(document)
  const spelling = new Spelling()
  const checking: Checking = { document, dialect, isOpen: transformed.sections, spelling }
  const { resources, findings: ofResources } = checkResources(checking)
  const references = ['Resources', 'Outputs', 'Conditions', 'Locals'].flatMap((section) =>
    referencesAt(document[section] ?? {}, section),
  )
  const parameters = parameterRules(document['Parameters'], dialect, transformed.sections, spelling)
  const { findings: ofSections, isReadable } = checkSections(checking)
  const ofNames =
    transformed.names || !isReadable
      ? []
      : [
          ...missingNames(document, references, dialect, { outside, spelling }),
          ...dependsOnFindings(resources, checking),
          ...conditionFindings(document, resources, spelling),
          ...mappingFindings(document, spelling),
          ...circularFindings(resources, references),
        ]
  return {
    findings: [
      ...ofSections,
      ...ofResources,
      ...parameters.findings,
      ...checkOutputs(checking),
      ...ofNames,
      ...(transformed.sections
        ? []
        : [...sectionSizes(document, dialect), ...unknownFunctions(document, dialect, spelling)]),
    ],
    references,
    resources,
    parameters: transformed.parameters || !isReadable ? undefined : parameters.rules,
    outputs: transformed.outputs || !isReadable ? undefined : outputNames(document['Outputs']),
  }
}

const MAPS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs']

/** `isReadable`: all names can be known, since no section is misspelt. */
function checkSections({ document, dialect, isOpen, spelling }: Checking): {
  readonly findings: readonly Finding[]
  readonly isReadable: boolean
} {
  const wrong = MAPS.filter((name) => {
    const section = document[name]
    return section !== undefined && !isJsonObject(section) && !isEmpty(section)
  }).map((name) => error(name, 'must be a map'))
  if (isOpen) return { findings: wrong, isReadable: wrong.length === 0 }
  const { findings, missing } = checkFields(
    document,
    '',
    {
      of: `a template of ${dialect.cloud}`,
      known: dialect.sections,
      required: ['Resources'],
      isStrict: dialect.isStrict,
    },
    spelling,
  )
  const { Resources: resources } = document
  const hasNone =
    missing.length > 0 || (resources !== undefined && isEmpty(resources) && dialect.needsResources)
  return {
    findings: [
      ...findings,
      ...wrong,
      ...(hasNone ? [error('Resources', 'must have at least one resource')] : []),
    ],
    isReadable: findings.length + wrong.length === 0 && !hasNone,
  }
}

/** YAML has null for a key without a value. */
function isEmpty(section: JsonValue): boolean {
  return section === null || (isJsonObject(section) && Object.keys(section).length === 0)
}

function checkResources({ document, dialect, isOpen, spelling }: Checking): {
  readonly resources: readonly Resource[]
  readonly findings: readonly Finding[]
} {
  const resources: Resource[] = []
  const findings: Finding[] = []
  for (const [name, definition] of entriesOf(document['Resources'])) {
    const path = pathTo('Resources', name)
    // A function may give a whole resource.
    if (name.startsWith('Fn::') || asRosFunction(definition) !== undefined) continue
    if (!isJsonObject(definition)) {
      findings.push(error(path, 'must be a map with a Type, which is a string'))
      continue
    }
    const { logicalId, resourceFields, isStrict } = dialect
    if (logicalId !== undefined && !logicalId.pattern.test(name)) findings.push(error(path, logicalId.rule))
    const { Type: type } = definition
    const fields = { of: 'a resource', known: resourceFields, required: ['Type'], isStrict }
    const checked = checkFields(definition, path, fields, spelling)
    if (!isOpen) findings.push(...checked.findings)
    if (typeof type === 'string') resources.push({ name, path, type, definition })
    else if (asRosFunction(type) !== undefined) continue
    else if (type !== undefined || checked.missing.length > 0 || isOpen)
      findings.push(error(path, 'must be a map with a Type, which is a string'))
  }
  return { resources, findings }
}

function checkOutputs({ document, dialect, isOpen, spelling }: Checking): Finding[] {
  const { outputFields, isStrict } = dialect
  return entriesOf(document['Outputs']).flatMap(([name, definition]) => {
    const path = pathTo('Outputs', name)
    if (name.startsWith('Fn::') || asRosFunction(definition) !== undefined) return []
    if (!isJsonObject(definition)) return [error(path, 'must be a map with a Value')]
    const fields = { of: 'an output', known: outputFields, required: ['Value'], isStrict }
    const { findings, missing } = checkFields(definition, path, fields, spelling)
    return [...(isOpen ? [] : findings), ...missing.map(() => error(path, 'must have a Value'))]
  })
}

function outputNames(outputs: JsonValue | undefined): ReadonlySet<string> | undefined {
  const names = entriesOf(outputs).map(([name]) => name)
  // A loop makes others.
  return names.some((name) => name.startsWith('Fn::')) ? undefined : new Set(names)
}

function dependsOnFindings(
  resources: readonly Resource[],
  { document, dialect, spelling }: Checking,
): Finding[] {
  const names = entriesOf(document['Resources']).map(([name]) => name)
  const known = new Set(names)
  if (names.some((name) => name.startsWith('Fn::'))) return []
  return resources.flatMap(({ path, definition }) =>
    namesIn(definition['DependsOn'])
      .filter((name) => !known.has(dialect.resourceFields.includes('Count') ? withoutIndex(name) : name))
      .map((name) =>
        error(
          pathTo(path, 'DependsOn'),
          `names ${name}, which is not a resource of this template${spelling.hint(name, names)}`,
        ),
      ),
  )
}
