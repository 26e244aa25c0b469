import { ownValue } from '../../platform/own-value.ts'
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { variableNames } from '../../providers/huawei-cloud/tfvars.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { parseSource } from '../validate/source-document.ts'
import { error, pathTo, type Finding } from '../validate/finding.ts'
import { UNKNOWN_TEMPLATE, type CheckedTemplate } from './checked-template.ts'
import { isGiven, joinedParameters, parametersIn, type GivenParameters } from './given-parameters.ts'
import type { HeatSurroundings } from './heat/model.ts'
import { checkRos } from './ros/check.ts'
import { checkData, checkText, type CheckDocument } from './template-text.ts'

/** How the properties of a service's resource type give a template and its parameters. */
export interface TemplateOfStack {
  /** The property that describes the stack. */
  readonly stack: 'Stack' | 'StackSet'
  /** The properties of the stack that can be the template. */
  readonly templates: readonly string[]
  /** `template`: its text, or the data of one that is a map. */
  check(template: string | JsonObject, around: TemplateContext): Promise<CheckedTemplate>
  /** `path`: the stack's. */
  given(stack: JsonObject, path: string): GivenParameters
  /** Whether the cloud refuses a parameter that the template does not declare. */
  readonly refusesUnknown: boolean
  /** Whether each parameter without a default must have a value here. */
  readonly needsAll: boolean
  /** Whether the outputs of the template are those of the resource. */
  readonly hasOutputs: boolean
  /** What stands for a value in a template that is data and that ROS computes at the deployment. */
  readonly computed: JsonObject
}

const yamlTemplate = {
  stack: 'Stack',
  templates: ['Template'],
  refusesUnknown: true,
  needsAll: true,
  hasOutputs: true,
} as const
const terraformTemplate = {
  ...yamlTemplate,
  templates: ['TemplateBody'],
  refusesUnknown: false,
  computed: {},
  async check(template: string | JsonObject, { path }: TemplateContext) {
    const { checkTerraform } = await import('./terraform/check.ts')
    return checkTerraform(typeof template === 'string' ? [{ path, text: template }] : [])
  },
} as const

export interface TemplateContext {
  /** The template's, within the resource's `Parameters`. */
  readonly path: string
  readonly stack: JsonObject
  /** The names of the parameters and resources of the ROS template. */
  readonly outside: ReadonlySet<string>
}

/** By the service's folder. What checks the templates of a cloud is loaded with the first one. */
export const TEMPLATES_OF_STACKS: Readonly<Record<string, TemplateOfStack>> = {
  'aws/cloudformation': {
    ...yamlTemplate,
    computed: { Ref: 'AWS::StackName' },
    check: (template, { path, outside }) =>
      checkGiven(template, path, ['heat_template_version', 'ROSTemplateFormatVersion'], async (document) => {
        const { checkCloudFormation } = await import('./cloudformation/check.ts')
        return checkCloudFormation(document, outside)
      }),
    given: (stack, path) => parametersIn(stack['Parameters'], pathTo(path, 'Parameters')),
  },
  'openstack/heat': {
    ...yamlTemplate,
    computed: { get_param: 'OS::stack_name' },
    check: checkHeatStack,
    given: heatParametersOf,
  },
  'alibaba-cloud/ros': {
    ...yamlTemplate,
    templates: ['Template', 'TemplateBody'],
    computed: { Ref: 'ALIYUN::StackName' },
    check: (template, { path, outside }) =>
      checkGiven(template, path, ['AWSTemplateFormatVersion', 'heat_template_version'], (document) =>
        checkRos(document, outside),
      ),
    given(stack, path) {
      const given = parametersIn(stack['Parameters'], pathTo(path, 'Parameters'))
      return { ...given, isComplete: given.isComplete && !isGiven(stack, 'UsePreviousParameters') }
    },
  },
  'huawei-cloud/rfs-stack': { ...terraformTemplate, given: rfsVariables },
  'huawei-cloud/rfs-stack-set': {
    ...terraformTemplate,
    stack: 'StackSet',
    given: rfsVariables,
    // The instances may give them.
    needsAll: false,
    hasOutputs: false,
  },
}

/** `others`: the sections by which the templates of other clouds are known. */
function checkGiven(
  template: string | JsonObject,
  path: string,
  others: readonly string[],
  check: CheckDocument,
): Promise<CheckedTemplate> {
  const checkOwn: CheckDocument = (document) => {
    const other = others.find((name) => document[name] !== undefined)
    return other === undefined ? check(document) : { ...UNKNOWN_TEMPLATE, findings: [ofOtherCloud(other)] }
  }
  return typeof template === 'string'
    ? checkText(path, template, checkOwn)
    : checkData(path, template, checkOwn)
}

function ofOtherCloud(section: string): Finding {
  return error(section, 'makes this a template of another cloud than the type of the resource')
}

function rfsVariables(stack: JsonObject, path: string): GivenParameters {
  const { VarsStructure: structure = [], VarsBody: body = '' } = stack
  const structured = isJsonList(structure)
    ? structure.flatMap((one, index) => {
        const name = isJsonObject(one) ? one['VarKey'] : undefined
        const value = isJsonObject(one) ? one['VarValue'] : undefined
        const at = pathTo(pathTo(path, 'VarsStructure'), index)
        return typeof name === 'string' ? [{ name, path: at, value: value ?? null }] : []
      })
    : []
  const inBody = typeof body === 'string' ? variableNames(body) : []
  return {
    path: pathTo(path, 'Parameters'),
    values: [
      ...parametersIn(stack['Parameters'], pathTo(path, 'Parameters')).values,
      ...structured,
      // Their values are expressions.
      ...inBody.map((name) => ({ name, path: pathTo(path, 'VarsBody'), value: null })),
    ],
    isComplete:
      parametersIn(stack['Parameters'], path).isComplete &&
      isJsonList(structure) &&
      structured.length === structure.length &&
      typeof body === 'string' &&
      !isGiven(stack, 'VarsUri'),
  }
}

/** Those of the stack and of its environments. */
function heatParametersOf(stack: JsonObject, path: string): GivenParameters {
  const own = parametersIn(stack['Parameters'], pathTo(path, 'Parameters'))
  const given = environmentsOf(stack).flatMap((environment): GivenParameters[] => {
    const at = pathTo(path, 'Environment')
    if (environment === undefined) return [{ path, values: [], isComplete: false }]
    const defaults = parametersIn(environment['parameter_defaults'] ?? undefined, at)
    return [
      parametersIn(environment['parameters'] ?? undefined, at),
      { ...defaults, values: defaults.values.map((one) => ({ ...one, mayBeUnknown: true })) },
    ]
  })
  const joined = joinedParameters(own.path, [own, ...given])
  return { ...joined, isComplete: joined.isComplete && !isGiven(stack, 'Existing') }
}

/** The template, and those in `Files` that it may nest. */
async function checkHeatStack(
  template: string | JsonObject,
  { path, stack, outside }: TemplateContext,
): Promise<CheckedTemplate> {
  const { checkHeat } = await import('./heat/check.ts')
  const around = heatSurroundings(stack)
  const checked = await checkGiven(template, path, ['ROSTemplateFormatVersion'], (document) =>
    checkHeat(document, around, outside),
  )
  const { Files: files = {} } = stack
  const nested: Finding[] = []
  for (const [name, text] of isJsonObject(files) ? Object.entries(files) : []) {
    if (typeof text !== 'string' || !/^heat_template_version:/m.test(text)) continue
    // Its own files may have names that are relative to it.
    const check: CheckDocument = (document) => checkHeat(document, { ...around, files: undefined }, outside)
    const { findings } = await checkText(pathTo('Stack.Files', name), text, check)
    nested.push(...findings)
  }
  return { ...checked, findings: [...checked.findings, ...nested] }
}

function heatSurroundings(stack: JsonObject): HeatSurroundings {
  const { Files: files = {} } = stack
  return {
    files:
      isJsonObject(files) && asRosFunction(files) === undefined ? new Set(Object.keys(files)) : undefined,
    mapsTypes: environmentsOf(stack).some(
      (environment) => environment === undefined || environment['resource_registry'] !== undefined,
    ),
  }
}

/** The environments of a stack; `undefined` for one that cannot be read here. */
function environmentsOf({
  Environment,
  EnvironmentFiles = [],
  Files = {},
}: JsonObject): (JsonObject | undefined)[] {
  const named = isJsonList(EnvironmentFiles)
    ? EnvironmentFiles.map((name) =>
        typeof name === 'string' && isJsonObject(Files) ? ownValue(Files, name) : undefined,
      )
    : [undefined]
  return [...(Environment === undefined ? [] : [Environment]), ...named].map(dataOf)
}

function dataOf(document: JsonValue | undefined): JsonObject | undefined {
  if (document === undefined || asRosFunction(document) !== undefined) return undefined
  if (isJsonObject(document)) return document
  const source = typeof document === 'string' ? parseSource(document) : undefined
  if (source?.ok !== true) return undefined
  // An empty file sets nothing.
  return source.value === null ? {} : isJsonObject(source.value) ? source.value : undefined
}
