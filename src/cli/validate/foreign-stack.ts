import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import {
  UNKNOWN_TEMPLATE,
  type CheckedTemplate,
  type NeededCapability,
} from '../template-check/checked-template.ts'
import { parameterFindings } from '../template-check/parameter-findings.ts'
import {
  TEMPLATES_OF_STACKS,
  type TemplateContext,
  type TemplateOfStack,
} from '../template-check/templates-of-stacks.ts'
import { error, pathTo, warning, type Finding } from './finding.ts'
import { visibleOutputs, type VisibleOutputs } from './visible-outputs.ts'
import { asRosFunction } from './ros-functions.ts'

/** The stack that a resource makes, as far as its template is written out. */
export interface ForeignStack {
  /** Their paths are within the resource's `Parameters`. */
  readonly findings: readonly Finding[]
  /** Those of them that are about what the template is given, and what is taken from it. */
  readonly aroundTemplate: readonly Finding[]
  /** The attributes that the resource will have; `undefined` where they cannot be known. */
  readonly outputs: VisibleOutputs | undefined
  /** Where a template stands that is a map, in whose place ROS's functions are computed; otherwise `undefined`. */
  readonly mapPath: string | undefined
  /** What the template declares; `undefined` where it cannot be known. */
  readonly parameters: CheckedTemplate['parameters']
}

export const NO_STACK: ForeignStack = {
  findings: [],
  aroundTemplate: [],
  outputs: undefined,
  mapPath: undefined,
  parameters: undefined,
}

/** `folder`: the service's. `parameters`: the resource's. `outside`: the names of the ROS template around it. */
export async function checkForeignStack(
  folder: string,
  parameters: JsonObject,
  outside: ReadonlySet<string>,
): Promise<ForeignStack> {
  const kind = TEMPLATES_OF_STACKS[folder]
  const stack = kind === undefined ? undefined : parameters[kind.stack]
  if (kind === undefined || stack === undefined || !isJsonObject(stack)) return NO_STACK
  const given = templateIn(stack, kind)
  if (given === undefined) return NO_STACK
  const { template, path } = given
  const checked = await checkedTemplate(template, kind, { path, stack, outside })
  const outputs = kind.hasOutputs
    ? visibleOutputs(parameters, checked.outputs, checked.sensitiveOutputs)
    : undefined
  const aroundTemplate = [
    ...parameterFindings(checked.parameters, kind.given(stack, kind.stack), kind),
    ...capabilityFindings(stack, kind.stack, checked.capabilities ?? []),
    ...(outputs?.findings ?? []),
  ]
  return {
    findings: [...checked.findings, ...aroundTemplate],
    aroundTemplate,
    outputs,
    mapPath: typeof template === 'string' ? undefined : path,
    parameters: checked.parameters,
  }
}

function templateIn(
  stack: JsonObject,
  { templates, stack: property }: TemplateOfStack,
): { readonly template: string | JsonObject; readonly path: string } | undefined {
  const [name, ...others] = templates.filter((one) => stack[one] !== undefined)
  const template = name === undefined ? undefined : stack[name]
  if (name === undefined || others.length > 0 || template === undefined) return undefined
  const isReadable =
    typeof template === 'string' || (isJsonObject(template) && asRosFunction(template) === undefined)
  return isReadable ? { template, path: pathTo(property, name) } : undefined
}

function checkedTemplate(
  template: string | JsonObject,
  kind: TemplateOfStack,
  around: TemplateContext,
): Promise<CheckedTemplate> {
  if (typeof template === 'string') return kind.check(template, around)
  return checkedMap(template, kind, around)
}

/** Depth of a field of a resource or parameter. What is computed above it may hold any names. */
const DEEP_ENOUGH = 3

/** ROS computes the functions in a template that is a map before the cloud sees it. */
async function checkedMap(
  template: JsonObject,
  kind: TemplateOfStack,
  around: TemplateContext,
): Promise<CheckedTemplate> {
  const computed: string[] = []
  const depths: number[] = []
  const known = withComputed(template, around.path, 0, (path, depth) => {
    computed.push(path)
    depths.push(depth)
    return kind.computed
  })
  if (!isJsonObject(known) || depths.some((depth) => depth < DEEP_ENOUGH)) return UNKNOWN_TEMPLATE
  const checked = await kind.check(known, around)
  const isComputed = (path: string) => computed.some((one) => path === one || path.startsWith(`${one}.`))
  return { ...checked, findings: checked.findings.filter(({ path }) => !isComputed(path)) }
}

function withComputed(
  value: JsonValue,
  path: string,
  depth: number,
  standIn: (path: string, depth: number) => JsonValue,
): JsonValue {
  if (asRosFunction(value) !== undefined) return standIn(path, depth)
  if (isJsonList(value))
    return value.map((item, index) => withComputed(item, pathTo(path, index), depth + 1, standIn))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      withComputed(item, pathTo(path, name), depth + 1, standIn),
    ]),
  )
}

/** CAPABILITY_NAMED_IAM includes CAPABILITY_IAM. A list with a name that is none is told already. */
function capabilityFindings(
  { Capabilities: given }: JsonObject,
  path: string,
  needed: readonly NeededCapability[],
): Finding[] {
  const granted = grantedCapabilities(given)
  if (granted === undefined) return []
  const at = given === undefined ? path : pathTo(path, 'Capabilities')
  return needed
    .filter(
      ({ name }) =>
        !granted.includes(name) && !(name === 'CAPABILITY_IAM' && granted.includes('CAPABILITY_NAMED_IAM')),
    )
    .map(({ name, because, isCertain }) =>
      isCertain
        ? error(at, `must have ${name} in Capabilities: ${because}`)
        : warning(at, `may need ${name} in Capabilities: ${because}, on a condition`),
    )
}

const CAPABILITIES: readonly JsonValue[] = [
  'CAPABILITY_IAM',
  'CAPABILITY_NAMED_IAM',
  'CAPABILITY_AUTO_EXPAND',
]

function grantedCapabilities(given: JsonValue | undefined): readonly JsonValue[] | undefined {
  if (given === undefined) return []
  return isJsonList(given) && given.every((one) => CAPABILITIES.includes(one)) ? given : undefined
}
