import type { JsonValue } from './json.ts'
import { assignedSecrets, isPlain } from './secret-assignments.ts'
import { secretsInCommands } from './secret-commands.ts'
import { decodedTexts } from './secret-encodings.ts'
import { keyLines, knownTokens } from './secret-shapes.ts'
import { isSecretName } from './secret-names.ts'
import { isReference, secretsInUrls } from './secret-urls.ts'
import { scanHcl } from './hcl-scan.ts'
import { treeOf, type TextTree, type TreeEntry } from './text-tree.ts'
import { scanYaml } from './yaml-scan.ts'
import {
  isBlockOfResources,
  isDescriptive,
  isHarmlessField,
  isReferenceTo,
  isSecretOfKubernetes,
  joinedTexts,
  labelLevels,
  pairOf,
  plainName,
} from './tree-roles.ts'

/** Texts within texts, such as JSON in a script in base64 in a template. */
const DEEPEST = 5
/** How often a character is read at most, as part of texts within each other. */
const MOST_READS = 24
const SHORTEST_TEXT = 4

/**
 * The probable secrets in properties: values of secret names, keys, tokens, and what URLs and commands hold; also within texts
 * in YAML, JSON, HCL and base64, and in scripts. `isSecret`: the value itself is one. Takes linear time.
 */
export function secretsIn(properties: JsonValue, isSecret: boolean): ReadonlySet<string> {
  const search = new SecretSearch()
  search.walk(treeOf(properties), { isSecret, isText: true, depth: 0, labels: 0 })
  return search.found
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
}

class SecretSearch {
  readonly found = new Set<string>()
  readonly #texts = new Set<string>()
  #read = 0
  #largest = 0

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
        if (part.length >= 6 && /\w/.test(part) && !part.includes('://')) this.found.add(part)
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
      this.walk(value, this.#placeOf(name, value, { ...place, isSecret }, pair))
    }
  }

  #placeOf(name: string, value: TextTree, place: Place, pair: ReturnType<typeof pairOf>): Place {
    const { isSecret, isText, depth } = place
    const plain = plainName(name)
    if (value.kind !== 'scalar' && place.labels > 0)
      return { isSecret: false, isText, depth, labels: place.labels - 1 }
    if (pair !== undefined && pair.nameField === plain) return { isSecret: false, isText, depth, labels: 0 }
    if (pair !== undefined && pair.valueFields.has(plain))
      return {
        isSecret: isSecret || isSecretName(pair.name, textOf(value)) || isSecretName(name, textOf(value)),
        isText,
        depth,
        labels: 0,
      }
    if (isDescriptive(plain)) return { isSecret: false, isText: false, depth, labels: 0 }
    const labels = value.kind === 'scalar' ? 0 : labelLevels(name)
    const isNamed = labels === 0 && isSecretName(name, textOf(value)) && !isProseName(name, value)
    return { isSecret: isNamed || (isSecret && !isHarmlessField(plain)), isText, depth, labels }
  }

  /** The secrets within a text. Each text is read once; a text within too many others is a secret itself. */
  #text(text: string, { isText, depth, isSecret }: Place): void {
    for (const value of [...secretsInUrls(text), ...keyLines(text), ...knownTokens(text)])
      this.found.add(value)
    if (!isText || this.#texts.has(text)) return
    this.#texts.add(text)
    if (depth === 0) this.#largest += text.length
    this.#read += text.length
    if (depth > DEEPEST || this.#read > MOST_READS * (this.#largest + 1024)) {
      if (/[:=]/.test(text)) this.found.add(text)
      return
    }
    for (const value of [...assignedSecrets(text), ...secretsInCommands(text)]) this.found.add(value)
    const inner: Place = { isSecret, isText, depth: depth + 1, labels: 0 }
    for (const decoded of decodedTexts(text)) this.#scalar(decoded, inner)
    for (const tree of treesIn(text)) if (tree.kind !== 'scalar' || tree.isQuoted) this.walk(tree, inner)
  }
}

function textOf(value: TextTree): string {
  return value.kind === 'scalar' ? value.text : ''
}

/** A plain key of several words is a sentence with a colon, unless one word follows: `DB Password: x`. */
function isProseName(name: string, value: TextTree): boolean {
  return /\s/.test(name.trim()) && value.kind === 'scalar' && !value.isQuoted && /\s/.test(value.text.trim())
}

function treesIn(text: string): readonly TextTree[] {
  const isFlow = /^\s{0,64}[[{]/.test(text)
  const hcl = !isFlow && /[={]/.test(text) ? scanHcl(text) : undefined
  if (hcl?.isWhole === true) return [hcl.tree]
  return [
    ...(isFlow || text.includes(':') ? [scanYaml(text).tree] : []),
    ...(hcl === undefined ? [] : [hcl.tree]),
  ]
}
