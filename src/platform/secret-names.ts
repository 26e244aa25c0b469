/** Longer names are judged by their end. */
const LONGEST_NAME = 256
const MOST_JOINED = 3

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Words, also of several tokens (`access key`), that name a secret. A plural counts as well. */
const SECRETS = words(
  'password passwd passphrase passcode passkey passwrd passwort pswd pwd pword psk secret token credential cred creds ' +
    'accesskey accesskeyid secretkey privatekey privkey apikey authkey presharedkey sharedkey accountkey storagekey signkey ' +
    'signingkey encryptionkey encryptkey decryptionkey cipherkey cryptkey aeskey masterkey sessionkey licensekey licencekey ' +
    'clientkey serverkey tlskey sslkey consumerkey subscriptionkey servicekey functionkey hmackey jwtkey keymaterial jwt bearer ' +
    'authorizationcode authcode verificationcode sharedaccesskey webhookurl kubeconfig signature sig',
)
/** Count only at the end of a name: `db_pass`, but not `pass count`. */
const SECRETS_AT_END = words('pass pw psw authorization ak sk')
/** Ends of names that are written without capitals or separators, such as `dbpassword`. */
const LONG_ENDINGS = [
  // Chinese writes no spaces.
  ...['密码', '口令', '密钥', '令牌'],
  ...['password', 'passwords', 'passwd', 'passphrase', 'secret', 'secrets', 'credential', 'credentials'],
  ...[
    'apikey',
    'accesskey',
    'accesskeyid',
    'secretkey',
    'privatekey',
    'adminpass',
    'rootpass',
    'dbpass',
    'userpass',
  ],
  ...[
    'accesstoken',
    'authtoken',
    'apitoken',
    'sessiontoken',
    'securitytoken',
    'refreshtoken',
    'bearertoken',
    'idtoken',
  ],
]
/** The last token of names that say something about a secret, and do not hold it. */
const HARMLESS_ENDS = words(
  'name names arn arns id ids length len policy policies type types expiry expires expiration age lifetime ttl validity ' +
    'required reset rotation rotate enabled enable disabled disable count size min max minimum maximum url uri urls endpoint path ' +
    'paths file files filename location store manager provider version versions description hint label prompt format pattern ' +
    'regex constraint constraints algorithm alg mode status state date time units unit template field parameter param parameters ' +
    'ref reference attribute source from scope audience issuer group role roles user username scheme schema generator characters ' +
    'alias action event rule bucket table index zone region instance authentication authenticator strength complexity history ' +
    'attempts days hours minutes seconds interval lambda function handler api service server host port domain method methods',
)
/** Names of which another meaning is more frequent than the secret. */
const HARMLESS_NAMES = words(
  'clientrequesttoken requesttoken nexttoken clienttoken pagetoken paginationtoken continuationtoken idempotencytoken bypass ' +
    // The property with the names of outputs.
    'secretoutputs',
)
/** Names of a secret, and also of a reference to one, which has a colon or a slash. */
const NAMES_OF_REFERENCES = words('servicetoken secretid')
const HARMLESS_STARTS = words('generate generated exclude min max minimum maximum')
/** A key that everybody may know, or one that names another thing. */
const HARMLESS_BEFORE_KEY = words('public partition sort primary foreign')

/** Whether a value with this name is a secret. Compares whole words of the name: `AccessKeySecret`, `DB_PASSWD`, `api-key`. */
export function isSecretName(name: string, value = ''): boolean {
  const tokens = tokensOf(name)
  const joined = tokens.join('')
  if (HARMLESS_NAMES.has(joined)) return false
  if (NAMES_OF_REFERENCES.has(joined)) return !/[:/]/.test(value)
  return tokens.some((token, index) => isSecretAt(tokens, index) || isSecretEnding(token, tokens, index))
}

/** Lower-case tokens: words, runs of capitals, digits, and runs of other letters; digits at the end do not count. */
function tokensOf(name: string): string[] {
  const tokens: string[] = []
  let isInCapitals = false
  let end = -1
  for (const { index, 0: token } of name
    .slice(-LONGEST_NAME)
    .matchAll(/[A-Z]?[a-z]+|[A-Z]|\d+|[^\x00-\x7f]+/g)) {
    const isCapital = token.length === 1 && token >= 'A' && token <= 'Z'
    if (isCapital && isInCapitals && index === end) tokens.push((tokens.pop() ?? '') + token.toLowerCase())
    else tokens.push(token.toLowerCase())
    isInCapitals = isCapital
    end = index + token.length
  }
  while (/^\d/.test(tokens.at(-1) ?? '')) tokens.pop()
  return tokens
}

function isSecretAt(tokens: readonly string[], from: number): boolean {
  let joined = ''
  for (let to = from; to < Math.min(from + MOST_JOINED, tokens.length); to += 1) {
    joined += tokens[to] ?? ''
    const isLast = to === tokens.length - 1
    if (isWordOf(SECRETS, joined) && isUnharmed(tokens, from, to, joined)) return true
    if (isLast && isWordOf(SECRETS_AT_END, joined) && tokens[from - 1] !== 'by') return true
  }
  return false
}

function isSecretEnding(token: string, tokens: readonly string[], index: number): boolean {
  return LONG_ENDINGS.some((ending) => token.endsWith(ending)) && isUnharmed(tokens, index, index, token)
}

function isWordOf(list: ReadonlySet<string>, word: string): boolean {
  return list.has(word) || (word.endsWith('s') && list.has(word.slice(0, -1)))
}

function isUnharmed(tokens: readonly string[], from: number, to: number, word: string): boolean {
  const last = tokens.at(-1) ?? ''
  if (to < tokens.length - 1 && HARMLESS_ENDS.has(last)) return false
  if (HARMLESS_STARTS.has(tokens[0] ?? '')) return false
  return !(word.includes('key') && tokens.slice(0, from).some((token) => HARMLESS_BEFORE_KEY.has(token)))
}
