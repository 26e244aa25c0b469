import { isJsonObject, type JsonObject, writeJson } from '../../platform/json.ts'
import { checkEvent } from './check-event.ts'
import { checkResource, type TemplateResource } from './custom-resource.ts'
import { eventSizeFindings } from './event-size.ts'
import { error, type Finding } from './finding.ts'
import type { PropertyCheck } from './property-check.ts'
import { asRosFunction, namesOf } from './ros-functions.ts'
import { parseSource } from './source-document.ts'
import type { WrittenNumbers } from './written-numbers.ts'

export interface FileReport {
  readonly file: string
  readonly content: 'event' | 'template' | 'unknown'
  /** How many resources were checked; an event is about one. */
  readonly resources: number
  /** How many values are not known before the template is deployed. */
  readonly unknownValues: number
  readonly findings: readonly LocatedFinding[]
}

export interface LocatedFinding extends Finding {
  /** From 1; absent for a finding about the whole file. */
  readonly line?: number
}

/** Checks an event file, or the custom resources that Stackbridge serves in a ROS template. Makes no call. */
export async function validateFile(
  file: string,
  bytes: Uint8Array,
  check: PropertyCheck,
): Promise<FileReport> {
  const text = textOf(bytes)
  if (text === undefined) return unreadable(file, error('', 'is not valid UTF-8'))
  const source = parseSource(text)
  if (!source.ok)
    return unreadable(file, {
      ...error('', source.problem),
      ...(source.line === undefined ? {} : { line: source.line }),
    })
  const checked = await checkDocument(
    isJsonObject(source.value) ? source.value : {},
    { text, numberAt: source.numberAt },
    check,
  )
  const findings = checked.findings.map((finding): LocatedFinding => {
    const line = source.lineOf(finding.path)
    return line === undefined ? finding : { ...finding, line }
  })
  return { file, ...checked, findings: findings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)) }
}

interface WrittenFile extends Pick<WrittenNumbers, 'numberAt'> {
  readonly text: string
}

type Checked = Omit<FileReport, 'file' | 'findings'> & { readonly findings: readonly Finding[] }

async function checkDocument(
  document: JsonObject,
  { text, numberAt }: WrittenFile,
  check: PropertyCheck,
): Promise<Checked> {
  if (isTemplate(document)) return checkTemplate(document, { numberAt, isJson: isJson(text) }, check)
  if (!isEvent(document))
    return {
      content: 'unknown',
      resources: 0,
      unknownValues: 0,
      findings: [error('', unknownContentProblem(document))],
    }
  const notJson = isJson(text) ? [] : [error('', 'must be JSON: ROS sends events as JSON')]
  const bytes = Buffer.byteLength(writeJson(document))
  const findings = [...notJson, ...(await checkEvent(document, check)), ...eventSizeFindings(bytes)]
  return { content: 'event', resources: 1, unknownValues: 0, findings }
}

function isTemplate(document: JsonObject): boolean {
  if (document['ROSTemplateFormatVersion'] !== undefined) return true
  return document['Resources'] !== undefined && foreignVersion(document) === undefined
}

function isEvent(document: JsonObject): boolean {
  return ['RequestType', 'ResourceProperties', 'ResourceType', 'LogicalResourceId'].some(
    (field) => document[field] !== undefined,
  )
}

function unknownContentProblem(document: JsonObject): string {
  const version = foreignVersion(document)
  const right =
    'must be an event (with RequestType and ResourceProperties) or a ROS template (with ROSTemplateFormatVersion)'
  return version === undefined ? right : `${right}, but is a template of another cloud (with ${version})`
}

function foreignVersion(document: JsonObject): string | undefined {
  return ['AWSTemplateFormatVersion', 'heat_template_version'].find(
    (version) => document[version] !== undefined,
  )
}

async function checkTemplate(
  template: JsonObject,
  written: WrittenNumbers,
  check: PropertyCheck,
): Promise<Checked> {
  const names = namesOf(template)
  const { found, findings: wrong } = resourcesOf(template)
  const checked = []
  for (const resource of found) checked.push(await checkResource(resource, { names, written }, check))
  return {
    content: 'template',
    resources: checked.filter(({ served }) => served).length,
    unknownValues: checked.reduce((sum, { unknown }) => sum + unknown, 0),
    findings: [...wrong, ...checked.flatMap(({ findings }) => findings)],
  }
}

function resourcesOf(template: JsonObject): { found: TemplateResource[]; findings: Finding[] } {
  const resources = template['Resources']
  if (resources === undefined || !isJsonObject(resources))
    return { found: [], findings: [error('Resources', 'must be a map of name to resource')] }
  const found: TemplateResource[] = []
  const findings: Finding[] = []
  for (const [logicalId, resource] of Object.entries(resources)) {
    const type = isJsonObject(resource) ? resource['Type'] : undefined
    if (isJsonObject(resource) && typeof type === 'string') found.push({ logicalId, type, resource })
    // A function may give a whole resource.
    else if (asRosFunction(resource) === undefined)
      findings.push(error(`Resources.${logicalId}`, 'must be a map with a Type, which is a string'))
  }
  return { found, findings }
}

function unreadable(file: string, finding: LocatedFinding): FileReport {
  return { file, content: 'unknown', resources: 0, unknownValues: 0, findings: [finding] }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
