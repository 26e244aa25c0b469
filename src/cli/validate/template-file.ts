import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import type { Reference } from '../ros-template/references.ts'
import { withoutIndex } from '../template-check/missing-names.ts'
import { checkRos, isTerraform } from '../template-check/ros/check.ts'
import { entriesOf } from '../template-check/sections.ts'
import { Spelling } from '../template-check/spelling.ts'
import { checkResource, type CheckedResource, type TemplateResource } from './custom-resource.ts'
import { duplicateEntries } from './duplicate-entries.ts'
import { duplicateNames } from './duplicate-names.ts'
import { error, type Finding } from './finding.ts'
import type { PropertyCheck } from './property-check.ts'
import { serviceTokenOf, servingOf } from './serving.ts'
import { attributeProblem } from './visible-outputs.ts'
import type { WrittenValues } from './written-numbers.ts'

export interface CheckedTemplateFile {
  readonly findings: readonly Finding[]
  /** How many resources Stackbridge serves. */
  readonly resources: number
  readonly unknownValues: number
}

/** Checks a ROS template, and the stacks of its custom resources that Stackbridge serves. */
export async function checkTemplateFile(
  template: JsonObject,
  written: WrittenValues,
  check: PropertyCheck,
): Promise<CheckedTemplateFile> {
  const { findings, references } = await checkRos(template)
  const resources = isTerraform(template) ? [] : resourcesIn(template)
  const outside = new Set(
    ['Parameters', 'Resources'].flatMap((section) => entriesOf(template[section]).map(([name]) => name)),
  )
  const serviceTokens = new Set(
    resources
      .filter(({ type, resource }) => servingOf(type, resource['Properties'], new Set()) === 'served')
      .flatMap(({ resource }) => serviceTokenOf(resource['Properties']) ?? []),
  )
  const checked = new Map<string, CheckedResource>()
  for (const resource of resources)
    checked.set(
      resource.logicalId,
      await checkResource(resource, { template, outside, written, serviceTokens }, check),
    )
  const all = [...checked.values()]
  const served = resources.filter(({ logicalId }) => checked.get(logicalId)?.served === true)
  return {
    findings: [
      ...withMapsAsOne(findings, checked),
      ...all.flatMap((one) => one.findings),
      ...duplicateNames(served),
      ...duplicateEntries(served),
      ...attributeFindings(references, checked),
    ],
    resources: all.filter(({ served }) => served).length,
    unknownValues: all.reduce((sum, { unknown }) => sum + unknown, 0),
  }
}

function resourcesIn(template: JsonObject): TemplateResource[] {
  return entriesOf(template['Resources']).flatMap(([logicalId, resource]) => {
    const type = isJsonObject(resource) ? resource['Type'] : undefined
    return isJsonObject(resource) && typeof type === 'string' ? [{ logicalId, type, resource }] : []
  })
}

/** ROS computes the functions of a template that is a map. Where they mean names of the other cloud, this is one mistake. */
function withMapsAsOne(
  findings: readonly Finding[],
  checked: ReadonlyMap<string, CheckedResource>,
): readonly Finding[] {
  const maps = [...checked].flatMap(([logicalId, { stack }]) =>
    stack.mapPath === undefined ? [] : [`Resources.${logicalId}.Properties.Parameters.${stack.mapPath}`],
  )
  const mapOf = ({ path }: Finding) => maps.find((map) => path.startsWith(`${map}.`))
  return [
    ...findings.filter((finding) => mapOf(finding) === undefined),
    ...maps.flatMap((map) => {
      const [first, ...others] = findings.filter((finding) => mapOf(finding) === map)
      if (first === undefined) return []
      const more = others.length === 0 ? '' : ` (and ${String(others.length)} more like this)`
      const place = first.path.slice(map.length + 1)
      return [
        error(
          map,
          `must be a string: ROS computes the functions in a template that is a map; its ${place} ${first.problem}${more}`,
        ),
      ]
    }),
  ]
}

function attributeFindings(
  references: readonly Reference[],
  checked: ReadonlyMap<string, CheckedResource>,
): Finding[] {
  const spelling = new Spelling()
  const reported = new Set<string>()
  return references.flatMap(({ name, attribute, path }) => {
    const outputs = checked.get(withoutIndex(name))?.stack.outputs
    const key = `${path} ${name} ${attribute ?? ''}`
    if (outputs === undefined || attribute === undefined || reported.has(key)) return []
    reported.add(key)
    const problem = attributeProblem({ name, attribute }, outputs, spelling)
    return problem === undefined ? [] : [error(path, problem)]
  })
}
