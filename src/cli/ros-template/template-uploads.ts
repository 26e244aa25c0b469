import { createHash } from 'node:crypto'
import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { TEMPLATES_OF_STACKS, type TemplateOfStack } from '../template-check/templates-of-stacks.ts'
import { FORMS } from '../upload/destination.ts'
import type { ObjectStore, StoredFile } from '../upload/object-store.ts'
import { UsageError } from '../usage-error.ts'
import { sizeFindings } from '../validate/event-size.ts'
import { folderOf } from '../validate/serving.ts'
import { textOf, type DocumentWithFiles } from './included-files.ts'
import { readMap } from './source.ts'
import { isLonger, UPLOAD_RULES, type UploadRule } from './upload-rules.ts'

/** A file that the template refers to by an address, and that has to be put there. */
export interface TemplateUpload {
  /** Where the template stands: the resource's logical id. */
  readonly logicalId: string
  /** The path of the file. */
  readonly source: string
  readonly store: ObjectStore
  readonly file: StoredFile
  /** Whether all parameters that the template hides are named in `SecretParameters`. */
  readonly isMasked: boolean
}

export interface UploadOptions {
  /** At most one of each kind. */
  readonly stores: readonly ObjectStore[]
  /** Whether templates are uploaded that need not be. */
  readonly all: boolean
}

/** The included template of a stack. */
interface Candidate {
  readonly logicalId: string
  readonly source: string
  readonly text: string
  readonly rule: UploadRule
  readonly kind: TemplateOfStack
  /** The properties of the resource, with all texts. */
  readonly properties: JsonObject
  /** The property that holds the template, and its value. */
  readonly pair: Pair
  readonly value: Scalar<string>
  /** The resource's `Parameters`. */
  readonly parameters: YAMLMap
}

/**
 * Puts addresses into the document in place of templates that are too long for their cloud, for an event or for ROS, or of all
 * where `all` says so. Uploads nothing. Throws `UsageError` for a template that its cloud would refuse wherever it is, or
 * that needs a destination that is not given.
 */
export async function placeTemplates(
  path: string,
  within: DocumentWithFiles,
  options: UploadOptions,
): Promise<readonly TemplateUpload[]> {
  const candidates = candidatesIn(path, within)
  const needed = candidates.filter((one) => isNeeded(one, options))
  const uploads: TemplateUpload[] = []
  for (const one of needed) uploads.push(await place(one, options))
  const others = candidates
    .filter((one) => !needed.includes(one) && storeFor(one.rule, options) !== undefined)
    .sort((one, other) => other.text.length - one.text.length)
  for (const one of others)
    if (isLonger(textOf(within.document), ROS_LIMITS.template)) uploads.push(await place(one, options))
  return uploads
}

function isNeeded(candidate: Candidate, options: UploadOptions): boolean {
  const { rule, text, properties } = candidate
  if (options.all || isLonger(text, rule.inRequest)) return true
  // Such an event may be served all the same: `validate` warns of it.
  if (storeFor(rule, options) === undefined) return false
  return sizeFindings(properties['Parameters'], properties['ServiceToken']).length > 0
}

function storeFor({ takes }: UploadRule, { stores }: UploadOptions): ObjectStore | undefined {
  return takes.flatMap((kind) => stores.filter((store) => store.kind === kind))[0]
}

async function place(candidate: Candidate, options: UploadOptions): Promise<TemplateUpload> {
  const { logicalId, source, text, rule, pair, value } = candidate
  const bytes = Buffer.from(text)
  if (isLonger(text, rule.atAddress))
    throw new UsageError(
      `${source}: has ${String(bytes.length)} bytes, and ${rule.cloud} takes at most ${String(rule.atAddress.most)}, wherever the template is`,
    )
  const store = storeFor(rule, options)
  if (store === undefined)
    throw new UsageError(
      `${source}: has ${String(bytes.length)} bytes${isLonger(text, rule.inRequest) ? `, and ${rule.cloud} takes at most ${String(rule.inRequest.most)} ${rule.inRequest.unit} in a request` : ''}; say where ${rule.cloud} can read it, with --upload-to ${rule.takes.map((kind) => FORMS[kind]).join(' or ')}`,
    )
  const isMasked = await keepMasked(candidate)
  const digest = createHash('sha256').update(bytes).digest('hex')
  const file = { name: `${digest}${rule.extensionOf(text)}`, bytes, digest }
  pair.key = rule.property
  value.value = store.addressOf(file.name)
  value.type = 'PLAIN'
  return { logicalId, source, store, file, isMasked }
}

/**
 * Names the parameters that the template hides: the bridge masks their values, and cannot read the template any more. Gives
 * whether it is sure that all are named.
 */
async function keepMasked({ text, kind, pair, parameters, properties }: Candidate): Promise<boolean> {
  const given = properties['Parameters']
  const stack = given !== undefined && isJsonObject(given) ? given[kind.stack] : undefined
  const checked = await kind.check(text, {
    path: nameOf(pair),
    stack: stack !== undefined && isJsonObject(stack) ? stack : {},
    outside: new Set(),
  })
  if (checked.parameters === undefined) return false
  const hidden = [...checked.parameters].flatMap(([name, { isHidden }]) => (isHidden ? [name] : []))
  if (hidden.length === 0) return true
  const named = parameters.get('SecretParameters', true)
  if (named === undefined) {
    parameters.set('SecretParameters', hidden)
    return true
  }
  if (!isSeq(named)) return false
  const known = named.items.map((item) => (isScalar(item) ? item.value : item))
  for (const name of hidden) if (!known.includes(name)) named.add(name)
  return true
}

function candidatesIn(path: string, { document, texts }: DocumentWithFiles): readonly Candidate[] {
  const resources = document.get('Resources')
  const data = readMap(path, Buffer.from(textOf(document)))['Resources']
  if (!isMap(resources) || data === undefined || !isJsonObject(data)) return []
  return Object.entries(data).flatMap(([logicalId, resource]) => {
    const parameters = resources.getIn([logicalId, 'Properties', 'Parameters'])
    const found = isMap(parameters) ? stackOf(resource) : undefined
    if (!isMap(parameters) || found === undefined) return []
    const { kind, rule, properties } = found
    const stack = parameters.get(kind.stack)
    const pair = isMap(stack) ? stack.items.find((one) => kind.templates.includes(nameOf(one))) : undefined
    const value = pair?.value
    // What an alias repeats stays a text.
    if (pair === undefined || !isText(value) || value.anchor !== undefined) return []
    const source = texts.get(value)
    return source === undefined
      ? []
      : [{ logicalId, source, text: value.value, rule, kind, properties, pair, value, parameters }]
  })
}

function stackOf(
  resource: JsonValue,
):
  { readonly kind: TemplateOfStack; readonly rule: UploadRule; readonly properties: JsonObject } | undefined {
  if (!isJsonObject(resource)) return undefined
  const { Type: type, Properties: properties } = resource
  if (typeof type !== 'string' || properties === undefined || !isJsonObject(properties)) return undefined
  const { Parameters: parameters } = properties
  if (parameters === undefined || !isJsonObject(parameters)) return undefined
  const folder = folderOf(type, parameters) ?? ''
  const [kind, rule] = [TEMPLATES_OF_STACKS[folder], UPLOAD_RULES[folder]]
  return kind === undefined || rule === undefined ? undefined : { kind, rule, properties }
}

function nameOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key)
}

function isText(node: unknown): node is Scalar<string> {
  return isScalar(node) && typeof node.value === 'string'
}
