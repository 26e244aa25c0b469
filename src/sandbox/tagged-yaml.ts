import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import { keepSourceNumbers } from '../platform/yaml.ts'

export type TaggedYaml =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

/**
 * Reads a template in YAML or JSON. Short forms of functions become maps: `!Ref X` becomes `{Ref: X}`, `!Sub …` becomes
 * `{'Fn::Sub': …}`. CloudFormation and ROS use the same short forms.
 */
export function readTaggedYaml(text: string): TaggedYaml {
  const document = parseDocument(text, { logLevel: 'silent' })
  const [error] = document.errors
  if (error !== undefined) return { ok: false, problem: error.message.split('\n')[0] ?? '' }
  keepSourceNumbers(document)
  return { ok: true, value: plain(document.contents) }
}

function plain(node: unknown): unknown {
  const value = untagged(node)
  const name = isNode(node) && node.tag !== undefined ? /^!(\w+)$/.exec(node.tag)?.[1] : undefined
  if (name === undefined) return value
  if (name === 'Ref' || name === 'Condition') return { [name]: value }
  const short = name === 'GetAtt' && typeof value === 'string'
  return { [`Fn::${name}`]: short ? splitAtFirstDot(value) : value }
}

function untagged(node: unknown): unknown {
  if (isScalar(node)) return node.value
  if (isSeq(node)) return node.items.map(plain)
  if (isMap(node))
    return Object.fromEntries(node.items.map((pair) => [String(plain(pair.key)), plain(pair.value)]))
  return node
}

/** Splits `Bucket.Arn` into a logical id and an attribute. An attribute may contain dots. */
export function splitAtFirstDot(text: string): string[] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}
