import { realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { isMap, isScalar, isSeq, parseDocument, Scalar, type Document, type Pair } from 'yaml'
import { fileText } from '../options/file-text.ts'
import { FOREIGN_TEMPLATE_LIMITS } from '../../platform/limits/foreign-templates.ts'
import { UsageError } from '../usage-error.ts'

/** Reads a file. Throws `UsageError` if it cannot be read. */
export type ReadBytes = (path: string) => Promise<Uint8Array>

export interface IncludedFiles {
  /** The template with each file's text in place of its `file://` address; the same text if it includes none. */
  readonly text: string
  /** The paths of the files. */
  readonly files: readonly string[]
  /** What they became; `undefined` if there are none. */
  readonly within?: DocumentWithFiles
}

/** A template as a document that can be changed further. */
export interface DocumentWithFiles {
  readonly document: Document
  /** The path of the file whose text a value is. */
  readonly texts: ReadonlyMap<Scalar<string>, string>
}

export const SCHEME = 'file://'

/**
 * Puts files into a ROS template: a value `file://network.yml` within the `Stack` of a resource's `Parameters` becomes the text
 * of that file. The path is relative to the template's folder. `Stack.Parameters` is left as it is: its values belong to the
 * other cloud. Comments and short forms stay. Throws `UsageError`, or the error of `readBytes`.
 */
export async function includeFiles(path: string, text: string, readBytes: ReadBytes): Promise<IncludedFiles> {
  if (!text.includes(SCHEME)) return { text, files: [] }
  const document = parseDocument(text, { logLevel: 'silent', merge: true })
  // What is wrong with the YAML is told when the template is read.
  if (document.errors.length > 0) return { text, files: [] }
  const addresses = addressesIn(document)
  if (addresses.length === 0) return { text, files: [] }
  const texts = new Map<Scalar<string>, string>()
  for (const scalar of addresses) {
    const { file, text: included } = await readIncluded(scalar.value, path, readBytes)
    scalar.value = included
    scalar.type = Scalar.BLOCK_LITERAL
    texts.set(scalar, file)
  }
  return { text: textOf(document), files: [...texts.values()], within: { document, texts } }
}

/** The text of a changed template, with the comments of the old one. */
export function textOf(document: Document): string {
  return document.toString({ lineWidth: 0 })
}

function addressesIn(document: Document): Scalar<string>[] {
  const resources = document.get('Resources')
  return valuesOf(resources).flatMap((resource) => {
    const stack = isMap(resource) ? resource.getIn(['Properties', 'Parameters', 'Stack']) : undefined
    if (!isMap(stack)) return []
    return stack.items.filter((pair) => keyOf(pair) !== 'Parameters').flatMap(({ value }) => scalarsIn(value))
  })
}

function scalarsIn(node: unknown): Scalar<string>[] {
  if (isAddress(node)) return [node]
  return valuesOf(node).flatMap(scalarsIn)
}

function isAddress(node: unknown): node is Scalar<string> {
  return isScalar(node) && typeof node.value === 'string' && node.value.startsWith(SCHEME)
}

function valuesOf(node: unknown): readonly unknown[] {
  if (isSeq(node)) return node.items
  return isMap(node) ? node.items.map(({ value }) => value) : []
}

function keyOf({ key }: Pair): unknown {
  return isScalar(key) ? key.value : key
}

/** The text of the file that an address names, and its path. Throws `UsageError`, or the error of `readBytes`. */
export async function readIncluded(
  address: string,
  template: string,
  readBytes: ReadBytes,
): Promise<{ readonly file: string; readonly text: string }> {
  const file = pathOf(address, template)
  const real = await checkedPlace(file, template)
  return { file, text: fileText(file, await readBytes(real ?? file)) }
}

/** Bytes. No cloud takes a larger template, and reading one takes long. */
const LARGEST_FILE = FOREIGN_TEMPLATE_LIMITS.awsAtUrl.most

/**
 * A template may come from another person, for example in a pull request: it must not read other files of the machine,
 * or a device that never ends. Returns the path without links, which is the one to read. A missing file is reported
 * where it is read.
 */
async function checkedPlace(file: string, template: string): Promise<string | undefined> {
  const real = await realPathOf(file)
  if (real === undefined) return undefined
  const found = await stat(real)
  if (!found.isFile()) throw new UsageError(`${file}: is not a regular file`)
  if (found.size > LARGEST_FILE)
    throw new UsageError(`${file}: has more than ${String(LARGEST_FILE)} bytes, which no cloud takes`)
  const [own, current, home] = await Promise.all([folderOf(template), '.', homedir()].map(realPathOf))
  // The current folder does not count if it has more than a template may read: the user's keys, or the whole machine.
  const folders = [own, ...(current === home || current === sep ? [] : [current])]
  const holders = folders.filter((folder) => folder !== undefined).filter((folder) => isWithin(folder, real))
  if (holders.some((folder) => !isUsersOwn(real, folder, home))) return real
  if (holders.length > 0)
    throw new UsageError(
      `${template}: includes ${file}, which may be a key of the user or a file of the system; put the template and its files into a folder of their own`,
    )
  throw new UsageError(
    `${template}: includes ${file}, which is neither in the template's folder nor in the current one; run the command in a folder that holds both, other than the home folder and /`,
  )
}

/**
 * Whether a template in the folder must not read the file, although the file is below the folder. For the home folder and
 * the folders above it, these are hidden files (`.ssh`, `.aws`). For `/`, these are all files in other folders.
 */
function isUsersOwn(file: string, folder: string, home: string | undefined): boolean {
  if (folder === sep && dirname(file) !== sep) return true
  if (home === undefined || !isWithin(folder, home)) return false
  return relative(folder, file)
    .split(sep)
    .some((name) => name.startsWith('.'))
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file)
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

function folderOf(template: string): string {
  return template === '-' ? '.' : dirname(template)
}

/** The path of the file that an address names. Throws `UsageError`. */
function pathOf(address: string, template: string): string {
  const file = address.slice(SCHEME.length)
  if (file === '' || isAbsolute(file))
    throw new UsageError(
      `${template}: includes ${address}; give a path that is relative to the template's folder, such as file://network.yml`,
    )
  return join(folderOf(template), file)
}
