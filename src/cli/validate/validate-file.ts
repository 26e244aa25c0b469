import { isJsonObject, type JsonObject, writeJson } from '../../platform/json.ts'
import { includedTexts } from '../ros-template/included-texts.ts'
import type { ReadBytes } from '../ros-template/included-files.ts'
import { sizeProblem } from '../ros-template/source.ts'
import { isRosTemplateText } from '../event-file.ts'
import { checkEvent } from './check-event.ts'
import { eventSizeFindings } from './event-size.ts'
import { error, warning, type Finding } from './finding.ts'
import type { PropertyCheck } from './property-check.ts'
import { duplicateFindings } from '../template-check/template-text.ts'
import { parseSource, type SourceDocument } from './source-document.ts'
import { checkTemplateFile } from './template-file.ts'
import type { WrittenValues } from './written-numbers.ts'

export interface FileReport {
  readonly file: string
  readonly content: 'event' | 'template' | 'unknown'
  /** How many resources were checked; an event is about one. */
  readonly resources: number
  /** How many values are not known before the template is deployed. */
  readonly unknownValues: number
  readonly findings: readonly LocatedFinding[]
}

export interface LocatedFinding extends Omit<Finding, 'inText'> {
  /** From 1; absent for a finding about the whole file. */
  readonly line?: number
  /** The file that the template includes in which the line is; absent for the template itself. */
  readonly includedFile?: string
}

/**
 * Checks an event file, or a ROS template with the stacks of its custom resources that Stackbridge serves. Makes no call.
 * `readBytes` reads the files that a template includes.
 */
export async function validateFile(
  file: string,
  bytes: Uint8Array,
  check: PropertyCheck,
  readBytes: ReadBytes,
): Promise<FileReport> {
  const text = textOf(bytes)
  if (text === undefined) return unreadable(file, error('', 'is not valid UTF-8'))
  const long = isRosTemplateText(text) ? sizeProblem(bytes) : undefined
  if (long !== undefined) return unreadable(file, error('', long))
  const source = parseSource(text)
  if (!source.ok)
    return unreadable(file, {
      ...(source.isRefusedHereOnly
        ? warning('', `${source.problem}; ROS may accept it, and it was not checked`)
        : error('', source.problem)),
      ...(source.line === undefined ? {} : { line: source.line }),
    })
  const included = await includedTexts(source.value, file, readBytes)
  const checked = await checkDocument(
    isJsonObject(included.value) ? included.value : {},
    { text, numberAt: source.numberAt, plainAt: source.plainAt },
    check,
  )
  // Of a file that cannot be read, this is all that is known.
  const unread = new Set(included.findings.map(({ path }) => path))
  const known = checked.findings.filter(({ path }) => !unread.has(path))
  const ofDocument = known.map((finding) => located(finding, source, included.files))
  const findings = [
    ...included.findings.map((finding) => located(finding, source, new Map())),
    ...duplicateFindings(source.duplicates),
    ...ofDocument,
  ]
  return { file, ...checked, findings: findings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)) }
}

/** `files`: the included files, by the path of the value that they stand for. */
function located(
  { inText, ...finding }: Finding,
  source: Extract<SourceDocument, { readonly ok: true }>,
  files: ReadonlyMap<string, string>,
): LocatedFinding {
  const includedFile = inText === undefined ? undefined : files.get(inText.path)
  if (inText !== undefined && includedFile !== undefined)
    return { ...finding, line: inText.line, includedFile }
  const inside = inText === undefined ? undefined : source.lineInText(inText.path, inText.line)
  const line = inside ?? source.lineOf(inText?.path ?? finding.path)
  // The lines of a text in quotes are not those of the file.
  const isApart = inText !== undefined && inside === undefined && inText.line > 1
  const problem = isApart ? `${finding.problem} (line ${String(inText.line)} of the text)` : finding.problem
  return { ...finding, problem, ...(line === undefined ? {} : { line }) }
}

interface WrittenFile extends Omit<WrittenValues, 'isJson'> {
  readonly text: string
}

type Checked = Omit<FileReport, 'file' | 'findings'> & { readonly findings: readonly Finding[] }

async function checkDocument(
  document: JsonObject,
  { text, numberAt, plainAt }: WrittenFile,
  check: PropertyCheck,
): Promise<Checked> {
  if (isTemplate(document)) {
    const checked = await checkTemplateFile(document, { numberAt, plainAt, isJson: isJson(text) }, check)
    return { content: 'template', ...checked }
  }
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
