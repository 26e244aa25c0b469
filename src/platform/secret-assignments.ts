import { SHORTEST_SECRET } from './secret-forms.ts'
import { isSecretName } from './secret-names.ts'
import { isReference } from './secret-urls.ts'

/** Words after a secret's name that say something about it, and are not it. */
const PLAIN_WORDS =
  /^(?:true|false|yes|no|on|off|null|none|nil|undefined|required|optional|string|securestring|commadelimitedlist|json|number|integer|boolean|object|prompt|aws_iam|iam|custom|basic|bearer|password|passwd|secret|token|key|credentials?|username)$/i
const PLAIN_FORMS =
  /^(?:arn:|acs:|alias\/|AWS::|ALIYUN::|OS::|List<|\{\{resolve:|!(?:Ref|GetAtt|ImportValue)\b)/

/** Whether a value with a secret's name says something else: a type, a reference, an ARN. */
export function isPlain(value: string): boolean {
  return value.length < SHORTEST_SECRET || PLAIN_WORDS.test(value) || PLAIN_FORMS.test(value)
}

/** A variable of a program, in an assignment to another. */
const CODE =
  /^(?:(?:var|local|data|module|self|this|process|os|event|context|config|settings|args|req|request|response|result)\.[\w.[\]]+|[\\'"]*\$\w+[\\$'"]*|\w+\[|[\w.]*\w=?\()$/

/** `name` with an optional quote after it, a sign, and the beginning of a value; or a flag of a command. */
const NAMES = /[\p{L}_][\p{L}\p{N}_.-]{1,255}/gu
const SIGN = /["'\]]{0,2}[ \t]*(:[-=]|=>|[:=])[ \t]*/y
/** A name in quotes, as an argument before the value, or as an attribute beside it. */
const ARGUMENT = /["'](?:[ \t]*(,)[ \t]*(?=["'])|\s+value[ \t]*=[ \t]*)/iy
/** Before a credential in the header `Authorization`. */
const SCHEMES: ReadonlySet<string> = new Set(['bearer', 'basic', 'token', 'digest'])
const FLAG = /[ \t]+(?=[^\s-])/y
const VALUE = /"((?:[^"\\\n]|\\[^])*)"|'([^'\n]*)'|`([^`\n]*)`|((?:\$\{[^{}\s]*\}|[^\s,;&|"'`<>()\]}])+)/y
/** What stands before a name that begins an assignment in YAML, JSON, a list or a script. */
const BEFORE_NAME = /[\n{,;("'[&?]/
const PROSE = /^[\p{L}'’-]+(?:[ ,][ ]?[\p{L}'’(-]+){2,}/u

/**
 * The values of secret names in a text of any kind: `NAME=value`, `name: value`, `--name value`, `name => value`, in the
 * places where scripts, configurations and templates have them. Takes linear time.
 */
export function assignedSecrets(text: string): string[] {
  const found: string[] = []
  const scan = new RegExp(NAMES)
  for (let name = scan.exec(text); name !== null; name = scan.exec(text)) {
    const written = name[0].slice(name[0].lastIndexOf('.') + 1)
    if (!isSecretName(written)) continue
    const end = name.index + name[0].length
    const read = valueAfter(text, name.index, end)
    if (read === undefined) continue
    for (const value of read.values.filter((one) => !CODE.test(one) && !isName(one, written)))
      if (!isPlain(value) && !isReference(value) && isSecretName(written, value)) found.push(value)
    scan.lastIndex = Math.max(end, read.end)
  }
  return found
}

/** A placeholder for a value that has the same name. */
function isName(value: string, name: string): boolean {
  return value.length === name.length && value.toLowerCase() === name.toLowerCase()
}

interface ReadValue {
  readonly values: readonly string[]
  readonly end: number
}

function valueAfter(text: string, start: number, end: number): ReadValue | undefined {
  const sign = matchAt(SIGN, text, end)
  if (sign !== undefined) {
    const from = end + sign[0].length
    if (sign[1] !== ':') return valueAt(text, from)
    return isAtStart(text, start) ? valueOrLine(text, start, from) : undefined
  }
  if (text[start - 1] === '<' && text[end] === '>') return elementAt(text, end + 1)
  const argument = matchAt(ARGUMENT, text, end)
  if (argument !== undefined && (argument[1] !== ',' || isSetter(text, start)))
    return valueAt(text, end + argument[0].length)
  const isFlag = /[\s"'[,]--?$|[\s"']\/$|^--?$/.test(text.slice(Math.max(0, start - 3), start))
  if (!isFlag) return undefined
  const blank = matchAt(FLAG, text, end)
  return blank === undefined ? undefined : valueAt(text, end + blank[0].length)
}

/** The text of an element of XML. */
function elementAt(text: string, from: number): ReadValue | undefined {
  const end = text.indexOf('<', from)
  return end === -1 ? undefined : { values: [text.slice(from, end).trim()], end }
}

/** `define('DB_PASSWORD', 'x')`; a list of names looks alike. */
function isSetter(text: string, start: number): boolean {
  return /(?:define|setenv|putenv|set|put|environ\.setdefault)\(["']$/i.test(
    text.slice(Math.max(0, start - 24), start),
  )
}

function valueAt(text: string, from: number): ReadValue | undefined {
  const value = matchAt(VALUE, text, from)
  if (value === undefined) return undefined
  const [whole, double, single, ticked, plain] = value
  const end = from + whole.length
  if (plain !== undefined && SCHEMES.has(plain.toLowerCase()) && text[end] === ' ')
    return valueAt(text, end + 1)
  if (double !== undefined) return { values: [double, double.replaceAll(/\\([^])/g, '$1')], end }
  return { values: [single ?? ticked ?? plain ?? ''], end }
}

/** After a colon at the start of a line the value is the line, as in YAML, unless it is prose. */
function valueOrLine(text: string, start: number, from: number): ReadValue | undefined {
  const value = valueAt(text, from)
  if (value === undefined || /^["'`]/.test(text.slice(from, from + 1))) return value
  const before = text.slice(Math.max(0, start - 256), start)
  const lineStart = before.lastIndexOf('\n') + 1
  if (lineStart === 0 && start > 256) return value
  if (!/^[ \t]*(?:-[ \t]+)?$/.test(before.slice(lineStart))) return value
  const lineEnd = text.indexOf('\n', from)
  const line = text.slice(from, lineEnd === -1 ? text.length : lineEnd)
  const comment = line.search(/\s#/)
  const whole = (comment === -1 ? line : line.slice(0, comment)).trim()
  if (PROSE.test(whole)) return undefined
  return { values: /^[^\s,;}\]]*[,;}\]]/.test(whole) ? value.values : [whole], end: value.end }
}

/** Whether only blanks, a `-`, `export` or a quote stand between the name and what begins an assignment. */
function isAtStart(text: string, start: number): boolean {
  let before = start - 1
  while (text[before] === ' ' || text[before] === '\t') before -= 1
  if (text[before] === '-') before -= 1
  while (text[before] === ' ' || text[before] === '\t') before -= 1
  return before < 0 || BEFORE_NAME.test(text[before] ?? '')
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
