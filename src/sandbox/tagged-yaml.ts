import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'

export type TaggedYaml =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

/**
 * A template's YAML, or JSON, with short forms of functions as the maps that they stand for: `!Ref X` is `{Ref: X}`,
 * `!Sub …` is `{'Fn::Sub': …}`. CloudFormation and ROS write them the same way.
 */
export function readTaggedYaml(text: string): TaggedYaml {
  const document = parseDocument(text, { logLevel: 'silent' })
  const [error] = document.errors
  if (error !== undefined) return { ok: false, problem: error.message.split('\n')[0] ?? '' }
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

/** A resource's name and its attribute, as in `Bucket.Arn`; an attribute may hold dots. */
export function splitAtFirstDot(text: string): string[] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}
