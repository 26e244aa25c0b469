import { isPlain } from './secret-assignments.ts'
import { isSecretName } from './secret-names.ts'
import { isReference } from './secret-urls.ts'

/** A word of a script, with the quotes that are part of it, or a sign between two commands. */
const WORDS = /(?:[^\s"'|;&]|"(?:[^"\\]|\\[^])*(?:"|\\?$)|'[^']*(?:'|$))+|[|;&]/g

interface Command {
  /** Matches the name of the program, without its folder. */
  readonly name: RegExp
  /** Matches a flag whose value, in the same word or else in the next, is a secret. Its first group is the value. */
  readonly flag: RegExp
  /** Whether the value can also be the next word. */
  readonly takesNext: boolean
}

const COMMANDS: readonly Command[] = [
  { name: /^(?:mysql\w*|mariadb[\w-]*|xtrabackup|innobackupex)$/, flag: /^-p(.+)$/s, takesNext: false },
  {
    name: /^(?:sshpass|docker|podman|helm|az|mongo\w*|useradd|usermod|sqlcmd|smbclient|cqlsh)$/,
    flag: /^-[pP](.*)$/s,
    takesNext: true,
  },
  { name: /^(?:redis-cli|valkey-cli)$/, flag: /^-a(.*)$/s, takesNext: true },
  { name: /^ldap\w+$/, flag: /^-w(.*)$/s, takesNext: true },
  {
    name: /^(?:curl|wget|https?|ftp|lftp)$/,
    flag: /^(?:-[a-tv-zA-Z]*u|--user(?:$|=))([^]*)$/,
    takesNext: true,
  },
]
/** Programs whose argument after so many others is a password. */
const ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['add_user', 2],
  ['change_password', 2],
])
/** Words before a secret, in configurations and SQL; `quoted`: only before a text in quotes. */
const WORDS_BEFORE = new Set(['requirepass', 'masterauth'])
const WORDS_BEFORE_QUOTED = new Set(['password', 'by', 'convertto-securestring'])
/** What a script of `expect` sends where a password is asked for. */
const WORDS_OF_EXPECT = new Set(['send', 'send_tty', 'puts'])
const LOGINS = new Set(['login', 'machine', 'mysqladmin'])
/** `ENV NAME value` of a Dockerfile, `setenv NAME value`, `setx NAME value`. */
const SETTERS = new Set(['env', 'setenv', 'setx'])
const SCHEMES = new Set(['bearer', 'basic'])
/** `8080:80` after `docker run -p`, and options without a value. */
const NO_PASSWORD = /^(?:[\d.:/]+(?:tcp|udp)?|-.*)$/s

/**
 * The passwords that commands, configurations and SQL have in a place of their own instead of after a name: `mysql -pX`,
 * `curl -u user:X`, `echo root:X | chpasswd`, `IDENTIFIED BY 'X'`. Takes linear time.
 */
export function secretsInCommands(text: string): string[] {
  const found: string[] = []
  if (text.includes('chpasswd')) for (const one of passwordsOfUsers(text)) found.push(one)
  const asks = /assw(?:or)?d/.test(text)
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    if (/[\s:]/.test(line)) for (const one of secretsInLine(line, asks)) found.push(one)
  }
  return found.filter((value) => !isPlain(value) && !isReference(value.replaceAll(/^['"\\]|['"\\]$/g, '')))
}

/** The lists of users with their passwords that a script gives to `chpasswd`. */
function passwordsOfUsers(text: string): string[] {
  return text.split(/[\s"']+/).flatMap((word) => /^[\w.-]+:([^/:].*)$/.exec(word)?.[1] ?? [])
}

function* secretsInLine(line: string, asks: boolean): Generator<string> {
  const words = [...line.matchAll(WORDS)].map(([word]) => word)
  const isLogin = words.some((one) => LOGINS.has(one))
  let command: Command | undefined
  let segment = 0
  for (const [index, quoted] of words.entries()) {
    const next = words[index + 1]
    if (quoted === '|' || quoted === ';' || quoted === '&') {
      if (quoted === '|') yield* piped(words.slice(segment, index), words.slice(index + 1, index + 3))
      segment = index + 1
      command = undefined
      continue
    }
    const word = unquoted(quoted)
    const program = word.slice(word.lastIndexOf('/') + 1)
    command = COMMANDS.find(({ name }) => name.test(program)) ?? command
    if (command !== undefined) yield* valueOfFlag(command, word, next)
    yield* afterWord(words, index, isLogin)
    if (asks && WORDS_OF_EXPECT.has(word) && next?.startsWith('"') === true)
      yield unquoted(next.replaceAll(/\\[rn]/g, ''))
    if (word.startsWith('pass:')) yield word.slice('pass:'.length)
  }
}

function* valueOfFlag(command: Command, word: string, next: string | undefined): Generator<string> {
  const flag = command.flag.exec(word)
  if (flag === null) return
  const attached = flag[1] ?? ''
  const value = attached !== '' ? attached : command.takesNext && next !== undefined ? unquoted(next) : ''
  if (NO_PASSWORD.test(value)) return
  yield value
  if (value.includes(':')) yield value.slice(value.indexOf(':') + 1)
}

/** The passwords that the word at `index` announces. `isLogin`: the line has a word of a login. */
function* afterWord(words: readonly string[], index: number, isLogin: boolean): Generator<string> {
  const [quoted, next] = words.slice(index, index + 2)
  if (quoted === undefined || next === undefined) return
  const word = unquoted(quoted).toLowerCase()
  const isQuoted = /^\(?["']/.test(next)
  const isCall = /^password\(["']/.exec(quoted.toLowerCase())
  if (isCall !== null) yield unquoted(quoted.slice('password('.length, quoted.lastIndexOf(')')))
  if (SETTERS.has((words[index - 1] ?? '').toLowerCase()) && isSecretName(word)) yield unquoted(next)
  if (WORDS_BEFORE.has(word)) yield unquoted(next)
  if (WORDS_BEFORE_QUOTED.has(word.startsWith('(') ? word.slice(1) : word) && isQuoted)
    yield unquoted(/^\(?((?:"[^"]*")|(?:'[^']*'))/.exec(next)?.[1] ?? '')
  if (word === 'password' && isLogin) yield unquoted(next)
  if (SCHEMES.has(word) && next.length >= 8 && /[\d=]/.test(next)) yield unquoted(next)
  const after = ARGUMENTS.get(word)
  if (after !== undefined) yield unquoted(words[index + after] ?? '')
  if (word === 'user' && words[index - 1] === 'net') yield unquoted(words[index + 2] ?? '')
  if (word === 'htpasswd') {
    const values = words.slice(index + 1, index + 8).filter((one) => !one.startsWith('-'))
    if (values.length > 2) yield unquoted(values[2] ?? '')
  }
}

/** `echo user:password | chpasswd`, `echo password | passwd --stdin user`. */
function* piped(before: readonly string[], after: readonly string[]): Generator<string> {
  const program = after.map((word) => word.slice(word.lastIndexOf('/') + 1)).find((word) => word !== 'sudo')
  const last = unquoted(before.at(-1) ?? '')
  if (program === 'chpasswd')
    for (const pair of last.split(/\\n|\s+/)) yield pair.slice(pair.indexOf(':') + 1)
  if (program === 'passwd' || program === 'docker' || program === 'kinit') yield last
}

function unquoted(word: string): string {
  return word.replaceAll(
    /"((?:[^"\\]|\\[^])*)(?:"|\\?$)|'([^']*)(?:'|$)/g,
    (_, double?: string, single?: string) =>
      double === undefined ? (single ?? '') : double.replaceAll(/\\([^])/g, '$1'),
  )
}
