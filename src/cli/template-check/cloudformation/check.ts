import type { JsonObject } from '../../../platform/json.ts'
import { error, type Finding } from '../../validate/finding.ts'
import { checkTemplate } from '../check-template.ts'
import type { CheckedTemplate } from '../checked-template.ts'
import { neededCapabilities } from './capabilities.ts'
import { CLOUDFORMATION } from './dialect.ts'
import { resourceTypeFindings } from './resource-types.ts'

/** Checks a template of CloudFormation as data, with functions as maps. `outside`: the names of the template around it. */
export async function checkCloudFormation(
  document: JsonObject,
  outside: ReadonlySet<string> = new Set(),
): Promise<CheckedTemplate> {
  const checked = checkTemplate(document, CLOUDFORMATION, outside)
  // A macro may accept other types, and add properties.
  const isOpen = CLOUDFORMATION.transformed(document).sections
  const ofTypes = isOpen ? [] : await resourceTypeFindings(checked.resources, checked.references)
  return {
    ...checked,
    findings: [...versionFindings(document), ...checked.findings, ...ofTypes],
    capabilities: neededCapabilities(document, checked.resources),
  }
}

const VERSION = '2010-09-09'

function versionFindings({ AWSTemplateFormatVersion: version }: JsonObject): Finding[] {
  return version === undefined || version === VERSION
    ? []
    : [error('AWSTemplateFormatVersion', `must be '${VERSION}'`)]
}
