import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { error, pathTo, type Finding } from '../../validate/finding.ts'
import { checkTemplate, type CheckedSections } from '../check-template.ts'
import { ROS } from './dialect.ts'

/** Checks a template of ROS as data, with functions as maps. `outside`: the names of the template around it. */
export async function checkRos(
  document: JsonObject,
  outside: ReadonlySet<string> = new Set(),
): Promise<CheckedSections> {
  const version = versionFindings(document)
  if (isTerraform(document)) {
    const files = await checkWorkspace(document)
    return { ...files, findings: [...version, ...files.findings], references: [], resources: [] }
  }
  const checked = checkTemplate(withoutNestedTemplates(document), ROS, outside)
  return { ...checked, findings: [...version, ...checked.findings] }
}

/**
 * Whether the template's resources are in files of Terraform.
 * https://www.alibabacloud.com/help/en/ros/user-guide/structure-of-terraform-templates
 */
export function isTerraform({ Workspace: workspace, Transform: transform }: JsonObject): boolean {
  return (
    workspace !== undefined ||
    (typeof transform === 'string' && /^Aliyun::(?:Terraform|OpenTofu)-/.test(transform))
  )
}

/** In a template that a resource of ROS itself makes a stack of, names are its own. */
function withoutNestedTemplates(document: JsonObject): JsonObject {
  const { Resources: resources } = document
  if (resources === undefined || !isJsonObject(resources)) return document
  const entries = Object.entries(resources).map(([name, resource]): [string, JsonValue] => {
    const type = isJsonObject(resource) ? resource['Type'] : undefined
    const properties = isJsonObject(resource) ? resource['Properties'] : undefined
    if (!isJsonObject(resource) || properties === undefined || !isJsonObject(properties))
      return [name, resource]
    if (typeof type !== 'string' || !type.startsWith('ALIYUN::ROS::')) return [name, resource]
    return [name, { ...resource, Properties: { ...properties, TemplateBody: null } }]
  })
  return { ...document, Resources: Object.fromEntries(entries) }
}

async function checkWorkspace({ Workspace: workspace = null }: JsonObject) {
  const files = isJsonObject(workspace) ? Object.entries(workspace) : []
  if (files.length === 0)
    return {
      findings: [error('Workspace', 'must be a map of the name of a file to its text')],
      parameters: undefined,
      outputs: undefined,
    }
  const texts = files.flatMap(([name, text]) =>
    // Files in other folders are modules, with variables of their own.
    typeof text === 'string' && /^[^/]+\.(?:tf|tofu)(?:\.json)?$/.test(name)
      ? [{ path: pathTo('Workspace', name), text }]
      : [],
  )
  const { checkTerraform } = await import('../terraform/check.ts')
  const checked = checkTerraform(texts)
  const isComplete = texts.length > 0 && files.every(([, text]) => typeof text === 'string')
  return isComplete ? checked : { ...checked, parameters: undefined, outputs: undefined }
}

const VERSION = '2015-09-01'

function versionFindings({ ROSTemplateFormatVersion: version }: JsonObject): Finding[] {
  if (version === VERSION) return []
  return [
    error(
      'ROSTemplateFormatVersion',
      `${version === undefined ? 'is missing; it ' : ''}must be '${VERSION}'`,
    ),
  ]
}
