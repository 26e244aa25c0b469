import { Inflater } from './inflater.ts'
import { isJsonObject, type JsonValue } from './json.ts'
import { assignedSecrets, isPlain } from './secret-assignments.ts'
import { secretsInCommands } from './secret-commands.ts'
import { decodedQuotedPrintable, decodedTexts } from './secret-encodings.ts'
import { keyLines, knownTokens } from './secret-shapes.ts'
import { isSecretName } from './secret-names.ts'
import { isReference, secretsInUrls } from './secret-urls.ts'
import { scanHcl } from './hcl-scan.ts'
import { treeOf, type TextTree, type TreeEntry } from './text-tree.ts'
import { scanYaml } from './yaml-scan.ts'
import {
  areLabels,
  isBlockOfResources,
  isDescriptive,
  isOtherFunction,
  isHarmlessField,
  isReferenceTo,
  isSecretOfKubernetes,
  joinedTexts,
  labelLevels,
  pairOf,
  plainName,
  type Pair,
} from './tree-roles.ts'

/** Texts within texts, such as JSON in a script in base64 in a template. */
const DEEPEST = 5
/** How often a character is read at most, as part of texts within each other. */
const MOST_READS = 24
const SHORTEST_TEXT = 4
/** A sign that could be before a value, or a word that could be base64. */
const MAY_HOLD_SECRETS = /[:=]|[\w+/-]{16}/
/** Too short for a token or base64, and with no sign that could be before a value. */
const WORD = /^[\w.-]{0,15}$/

/**
 * The probable secrets in properties: values of secret names, keys, tokens, and what URLs and commands hold; also within texts
 * in YAML, JSON, HCL, base64 (also of gzip) and quoted-printable, and in scripts. `isSecret`: the value itself is one. Takes linear time.
 */
export function secretsIn(properties: JsonValue, isSecret: boolean): ReadonlySet<string> {
  const search = new SecretSearch()
  search.walk(treeOf(withoutNamesOfOutputs(properties)), {
    isSecret,
    isText: true,
    depth: 0,
    labels: 0,
    areLabels: false,
  })
  return search.found
}

/** The property `Outputs` gives outputs of the stack other names: none of them is a value, whatever it is called. */
function withoutNamesOfOutputs(properties: JsonValue): JsonValue {
  if (!isJsonObject(properties)) return properties
  const { Outputs: names = null, ...others } = properties
  return isJsonObject(names) && Object.values(names).every((name) => typeof name === 'string')
    ? others
    : properties
}

interface Place {
  /** Whether a name above says that what is here is secret. */
  readonly isSecret: boolean
  /** Whether texts may be more than a description for people. */
  readonly isText: boolean
  /** The number of texts that it is in. */
  readonly depth: number
  /** The number of levels of maps whose names are labels of a block and name no value. */
  readonly labels: number
  /** Whether the names here are only references to what they name, as in the labels of parameters. */
  readonly areLabels: boolean
}

class SecretSearch {
  readonly found = new Set<string>()
  readonly #texts = new Set<string>()
  #read = 0
  #largest = 0
  readonly #inflater = new Inflater()

  walk(tree: TextTree, place: Place): void {
    switch (tree.kind) {
      case 'scalar':
        this.#scalar(tree.text, place)
        break
      case 'list':
        this.#list(tree.items, place)
        break
      case 'map':
        this.#map(tree.entries, place)
        break
    }
  }

  #scalar(text: string, place: Place): void {
    if (text.length < SHORTEST_TEXT) return
    if (place.isSecret && !isPlain(text) && !isReference(text)) this.#addSecret(text)
    this.#text(text, place)
  }

  #addSecret(text: string): void {
    this.found.add(text)
    // `Bearer x`, `Basic x`: the scheme is no secret, and a message may quote the rest.
    const scheme = /^(?:Bearer|Basic|Token|AWS4-HMAC-SHA256|SharedAccessSignature) +([^ ]+)$/i.exec(text)
    if (scheme?.[1] !== undefined) this.found.add(scheme[1])
    // What stands around references: `hunter${Suffix}22secret`.
    if (text.includes('${'))
      for (const part of text.split(/\$\{[^{}]*\}/))
        if (/^[^\s"'<>{}=:]{6,}$/.test(part)) this.found.add(part)
    // Lists of users with their passwords.
    for (const line of text.split('\n')) {
      const pair = /^[\w.-]+:(?!\/\/)(\S+)$/.exec(line.trim())
      if (pair?.[1] !== undefined) this.found.add(pair[1])
    }
  }

  #list(items: readonly TextTree[], place: Place): void {
    let isAfterFlag = false
    for (const item of items) {
      const flag = item.kind === 'scalar' && place.isText ? /^--?([\w-]+)$/.exec(item.text)?.[1] : undefined
      this.walk(item, isAfterFlag ? { ...place, isSecret: true } : place)
      isAfterFlag = flag !== undefined && isSecretName(flag)
    }
  }

  #map(entries: readonly TreeEntry[], place: Place): void {
    const pair = pairOf(entries)
    const isSecret = (place.isSecret && !isBlockOfResources(entries)) || isSecretOfKubernetes(entries)
    for (const { name, value } of entries) {
      if (isReferenceTo(name, value)) continue
      for (const text of joinedTexts(name, value)) this.#scalar(text, place)
      if (name === 'auth' && value.kind === 'scalar') this.#userAndPassword(value.text)
      this.walk(value, this.#placeOf(name, value, { ...place, isSecret }, pair))
    }
  }

  /** `auth` of Docker's configuration: a user and a password, in base64. */
  #userAndPassword(encoded: string): void {
    for (const pair of decodedTexts(encoded, this.#inflater).texts)
      if (/^[^\s:]+:\S+$/.test(pair))
        for (const value of [encoded, pair.slice(pair.indexOf(':') + 1)]) this.found.add(value)
  }

  #placeOf(name: string, value: TextTree, place: Place, pair: Pair | undefined): Place {
    const plain = plainName(name)
    if (place.areLabels || areLabels(plain))
      return { ...place, isSecret: false, isText: false, areLabels: true }
    if (value.kind !== 'scalar' && place.labels > 0)
      return { ...place, isSecret: false, labels: place.labels - 1 }
    const inner = { ...place, labels: value.kind === 'scalar' ? 0 : labelLevels(name) }
    if (pair?.nameField === plain) return { ...inner, isSecret: false }
    const text = textOf(value)
    const isNamed =
      isSecretName(name, text) && inner.labels === 0 && !isProseName(name, value) && !isPathOf(name, value)
    if (pair?.valueFields.has(plain) === true)
      return { ...inner, isSecret: place.isSecret || isNamed || isSecretName(pair.name, text) }
    if (isDescriptive(plain) || isOtherFunction(name))
      return { ...inner, isSecret: false, isText: place.isText && !isDescriptive(plain) }
    return { ...inner, isSecret: isNamed || (place.isSecret && !isHarmlessField(plain)) }
  }

  /** The secrets within a text. Each text is read once; a text within too many others is a secret itself. */
  #text(text: string, place: Place): void {
    const { isText, depth } = place
    if (WORD.test(text)) return
    const key = `${place.isSecret ? 's' : ''}${isText ? 't' : ''} ${text}`
    if (this.#texts.has(key)) return
    this.#texts.add(key)
    const { trees, isStructured } = isText ? treesIn(text) : NO_TREES
    // What is read as a tree is searched value by value: as a text, a reference in it would look like a value.
    if (!isStructured)
      for (const value of [...secretsInUrls(text), ...keyLines(text), ...knownTokens(text)])
        this.found.add(value)
    if (!isText) return
    if (depth === 0) this.#largest += text.length
    this.#read += text.length
    if (depth > DEEPEST || this.#read > MOST_READS * (this.#largest + this.#inflater.given + 1024)) {
      if (MAY_HOLD_SECRETS.test(text)) this.found.add(text)
      return
    }
    const inner: Place = { ...place, isText, depth: depth + 1, labels: 0 }
    const unquoted = decodedQuotedPrintable(text)
    if (unquoted !== undefined) this.#scalar(unquoted, inner)
    for (const tree of trees) if (tree.kind !== 'scalar' || tree.isQuoted) this.walk(tree, inner)
    if (isStructured) {
      for (const value of assignedSecrets(commentsIn(text))) this.found.add(value)
      return
    }
    for (const value of [...assignedSecrets(text), ...secretsInCommands(text)]) this.found.add(value)
    const { texts, compressed } = decodedTexts(text, this.#inflater)
    for (const encoded of compressed) this.found.add(encoded)
    for (const decoded of texts) this.#scalar(decoded, inner)
  }
}

function textOf(value: TextTree): string {
  return value.kind === 'scalar' ? value.text : ''
}

/** The name of a file, whose content says itself what in it is secret. */
function isPathOf(name: string, { kind }: TextTree): boolean {
  return kind !== 'scalar' && name.includes('/')
}

/** A plain key of several words is a sentence with a colon, unless one word follows: `DB Password: x`. */
function isProseName(name: string, value: TextTree): boolean {
  return /\s/.test(name.trim()) && value.kind === 'scalar' && !value.isQuoted && /\s/.test(value.text.trim())
}

/** The lines of a text that are comments: a value may be switched off there. */
function commentsIn(text: string): string {
  if (!/#|\/\//.test(text)) return ''
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .flatMap((line) => (/^(?:#|\/\/)/.test(line) ? [line.replace(/^[#/]{1,8}/, '')] : []))
    .join('\n')
}

interface ReadTrees {
  readonly trees: readonly TextTree[]
  /** Whether a tree has all of the text. */
  readonly isStructured: boolean
}

/** A name with a colon at the beginning, as no text in HCL has it. */
const YAML_START = /^(?:#[^\n]*\n|\s)*[\w-]+:(?:\s|$)/
const NO_TREES: ReadTrees = { trees: [], isStructured: false }

function treesIn(text: string): ReadTrees {
  const isFlow = /^\s{0,64}[[{]/.test(text)
  const hcl = !isFlow && /[={]/.test(text) && !YAML_START.test(text) ? scanHcl(text) : undefined
  if (hcl?.isHcl === true) return { trees: [hcl.tree], isStructured: true }
  const yaml = isFlow || text.includes(':') ? scanYaml(text) : undefined
  if (yaml !== undefined && yaml.isWhole && isNamed(yaml.tree))
    return { trees: [yaml.tree], isStructured: true }
  return { trees: yaml === undefined ? [] : [yaml.tree], isStructured: false }
}

/** Whether the names of a map are names, not what precedes a colon in a script or a sentence. */
function isNamed(tree: TextTree): boolean {
  if (tree.kind === 'scalar') return false
  if (tree.kind === 'list') return tree.items.length > 0 && tree.items.every(isNamed)
  return tree.entries.length > 0 && tree.entries.every(({ name }) => /^[\w.$:/@<-]+$/.test(name))
}
