import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp'
import type { Pattern } from './patterns.ts'

/** A text that may be slow for a pattern: `head`, then `pump` repeated up to the length, then `tail`. */
export interface HardText {
  readonly head: string
  readonly pump: string
  readonly tail: string
}

/** Characters that end lines, names, values and comments, and characters that no pattern expects. */
const COMMON = [
  ' ',
  '\n',
  '\t',
  '\r',
  '\u2028',
  'a',
  '0',
  '"',
  "'",
  '\\',
  '/',
  '#',
  '-',
  '.',
  '{',
  '}',
  '=',
  '<',
  '%',
  '\0',
]
/** Ends that make a match fail at its last character. */
const TAILS = ['', '\u2028', '\n!', 'a', '!']
const CLASS_CHARACTERS = 4
const MOST_SAMPLES = 6

/** Texts for any pattern and any scanner. */
export const FIXED: readonly HardText[] = [
  { head: 'password: x', pump: ' #', tail: '\u2028' },
  { head: 'variable "x" {', pump: '\n', tail: '}' },
  { head: '', pump: 'variable "x" {\n', tail: '' },
  { head: 'http://h/', pump: '/', tail: 'a' },
  { head: '"', pump: '\\"', tail: '' },
  { head: '', pump: '<Message>', tail: '' },
  { head: '', pump: '${', tail: '' },
  { head: '', pump: '-----BEGIN PRIVATE KEY-----', tail: '' },
  { head: '', pump: 'http://a:b?sig=', tail: '' },
  { head: '', pump: ',token="', tail: '\\' },
  { head: '', pump: 'env password ', tail: '' },
  { head: '', pump: '"password" value= ', tail: '' },
  { head: '', pump: '=>"password": :', tail: '' },
  { head: 'chpasswd\n', pump: 'a:b c:d\n', tail: '' },
  { head: 'docker login', pump: ' -pa:bc', tail: '' },
  { head: '', pump: '!a ', tail: 'b: c' },
  { head: '', pump: '": ', tail: '' },
  { head: 'a: &a [x, x]\nb: ', pump: '[*a, *a], ', tail: '' },
  ...COMMON.map((pump) => ({ head: '', pump, tail: '' })),
]

/** Texts from the pattern's own characters: its required start, its repeated part, and a wrong end. */
export function hardTexts({ source, flags }: Pattern): HardText[] {
  const alphabet = [...new Set([...literalCharacters(source, flags), ...COMMON])]
  const pumps = new Map<string, { readonly head: string; readonly pump: string }>()
  const add = (head: string, pump: string): void => {
    if (pump !== '') pumps.set(JSON.stringify([head, pump]), { head, pump })
  }
  const tree = parse(source, flags)
  for (const alternative of tree.alternatives)
    for (const whole of samplesOfSequence(alternative.elements, alphabet)) {
      add('', whole)
      add('', whole.slice(0, -1))
      add(whole.slice(0, 1), whole.slice(1))
    }
  visitRegExpAST(tree, {
    onQuantifierEnter(quantifier) {
      const heads = samplesBefore(quantifier, alphabet)
      const repeated = samplesOf(quantifier.element, alphabet)
      for (const head of heads) {
        add('', head)
        for (const pump of repeated) {
          add(head, pump)
          add('', head + pump)
        }
      }
      // Two alternating characters: a class matches both, but its neighbours do not.
      repeated.slice(1).forEach((pump, index) => {
        add('', (repeated[index] ?? '') + pump)
      })
    },
  })
  const own = [...pumps.values()].flatMap((text) => TAILS.map((tail) => ({ ...text, tail })))
  return [...own, ...FIXED]
}

export function write({ head, pump, tail }: HardText, length: number): string {
  const times = Math.max(1, Math.floor((length - head.length - tail.length) / pump.length))
  // Through bytes: V8 flattens a concatenated string at its first read, which would be measured, too.
  return Buffer.from(head + pump.repeat(times) + tail, 'utf16le').toString('utf16le')
}

function parse(source: string, flags: string): AST.Pattern {
  return new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  })
}

function literalCharacters(source: string, flags: string): string[] {
  const characters: string[] = []
  visitRegExpAST(parse(source, flags), {
    onCharacterEnter: ({ value }) => void characters.push(String.fromCodePoint(value)),
  })
  return characters
}

/** A text that matches everything in the pattern before a node. */
function samplesBefore(node: AST.Node, alphabet: readonly string[]): string[] {
  if (node.type === 'Pattern' || node.type === 'RegExpLiteral') return ['']
  const { parent } = node
  const heads = parent === null ? [''] : samplesBefore(parent, alphabet)
  if (parent?.type !== 'Alternative') return heads
  const index = parent.elements.findIndex((element) => element === node)
  return joined(heads, samplesOfSequence(parent.elements.slice(0, index), alphabet))
}

function samplesOfSequence(elements: readonly AST.Element[], alphabet: readonly string[]): string[] {
  return elements.reduce<string[]>((samples, element) => joined(samples, samplesOf(element, alphabet)), [''])
}

/** A few texts that the element matches; an assertion matches the empty text. */
function samplesOf(element: AST.Element, alphabet: readonly string[]): string[] {
  switch (element.type) {
    case 'Character':
      return [String.fromCodePoint(element.value)]
    case 'CharacterSet':
    case 'CharacterClass': {
      const pattern = new RegExp(`^${element.raw}$`, 'u')
      return alphabet.filter((character) => pattern.test(character)).slice(0, CLASS_CHARACTERS)
    }
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives
        .flatMap(({ elements }) => samplesOfSequence(elements, alphabet))
        .slice(0, MOST_SAMPLES)
    case 'Quantifier':
      return [
        ...samplesOf(element.element, alphabet).map((sample) => sample.repeat(Math.max(1, element.min))),
        ...(element.min === 0 ? [''] : []),
      ].slice(0, MOST_SAMPLES)
    default:
      return ['']
  }
}

function joined(left: readonly string[], right: readonly string[]): string[] {
  const all = left.flatMap((one) => right.map((other) => one + other))
  return [...new Set(all)].slice(0, MOST_SAMPLES)
}
