import { CloudError } from '../provider.ts'

/**
 * A stack set's description, the only text of a set that can be read back and changed. It has three parts: the user's
 * text, the mark of the ROS resource that owns the set, and the claims of the resources that own instances in it. Two
 * providers share it, and each keeps the other's part unchanged.
 */
export interface StackSetDescription {
  readonly text: string
  /** In the form of the provider that writes it. */
  readonly mark?: string
  readonly claims: readonly Claim[]
}

/** Says that a ROS resource owns instances. Long values are replaced by a part of their hash. */
export interface Claim {
  readonly owner: string
  /** The Create that made the instances; empty where a Create took them over. */
  readonly created: string
  /** What that Create asked for: see `stackDigest` of `StackRequest`. */
  readonly stackDigest?: string | undefined
  /** The request whose operation was started last. */
  readonly request: string
  /** The requests before it, newest first. */
  readonly earlier: readonly string[]
  /** RFS's id of the last operation of `request`, without hyphens, once the request has succeeded. */
  readonly done?: string | undefined
  /** The targets, and those before the last change, which may have failed half way. */
  readonly targets: string
  readonly before: string
  /**
   * `adopted`: a Create took the instances over, and ROS may never have had its id. `deleted`: kept to recognise a
   * repeated Create.
   */
  readonly state: 'own' | 'adopted' | 'deleted'
}

export const SET_MARK = 'stackbridge:'
export const CLAIMS = 'stackbridge-instances:'
/** Characters. https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStackSet.html */
const LONGEST = 1024
const STATES = { own: 'o', adopted: 'a', deleted: 'd' } as const
/** One of the optional fields of a mark of a set; `wish` is `STACK_DIGEST_FIELD`. */
const REMEMBERED = /,(?:earlier|wish|operation|at)=[\w-]*/
const EARLIER = /[0-9a-f]{8}/g
const CLAIM = /^(\w+)\.(\w*)\.(\w*)\.(\w*)\.(\w*)\.([oad])$/

/** Reads what `writeDescription` has written. Any other text is the user's. */
export function readDescription(description: string): StackSetDescription {
  const [beforeClaims, claims = ''] = splitAt(description, CLAIMS)
  const [text, mark] = splitAt(beforeClaims, SET_MARK)
  return {
    text,
    ...(mark === undefined ? {} : { mark: mark.trimEnd() }),
    claims: claims.split(',').flatMap((written) => readClaim(written)),
  }
}

/**
 * Throws a `CloudError` where the claims do not fit. Dropped first is what is only remembered for requests that come late: the
 * optional fields of the mark, the earlier requests of claims, and then the claims of deleted instances.
 */
export function writeDescription({ text, mark, claims }: StackSetDescription): string {
  const written = [text, mark === undefined ? '' : `${SET_MARK}${mark}`, writeClaims(claims)]
    .filter((part) => part !== '')
    .join(' ')
  if (written.length <= LONGEST) return written
  const shorter = mark?.replace(REMEMBERED, '')
  if (mark !== undefined && shorter !== mark) return writeDescription({ text, mark: shorter ?? '', claims })
  const long = claims.findIndex(({ earlier, done }) => earlier.length > 0 || done !== undefined)
  const longest = claims[long]
  if (longest !== undefined)
    return writeDescription({
      text,
      ...(mark === undefined ? {} : { mark }),
      claims: claims.with(long, { ...longest, earlier: [], done: undefined }),
    })
  const oldest = claims.findIndex(({ state }) => state === 'deleted')
  if (oldest === -1) throw noRoom(claims.length)
  return writeDescription({
    text,
    ...(mark === undefined ? {} : { mark }),
    claims: claims.toSpliced(oldest, 1),
  })
}

/** Replaces the owner's earlier claim by `claim`. */
export function withClaim(description: StackSetDescription, claim: Claim): StackSetDescription {
  return {
    ...description,
    claims: [...description.claims.filter(({ owner }) => owner !== claim.owner), claim],
  }
}

function writeClaims(claims: readonly Claim[]): string {
  if (claims.length === 0) return ''
  const written = claims.map(({ owner, created, stackDigest, targets, before, state, ...of }) =>
    [
      owner,
      stackDigest === undefined ? created : `${created}_${stackDigest}`,
      writeRequests(of),
      targets,
      before,
      STATES[state],
    ].join('.'),
  )
  return `${CLAIMS}${written.join(',')}`
}

function writeRequests({ request, earlier, done }: Pick<Claim, 'request' | 'earlier' | 'done'>): string {
  if (done !== undefined) return `${request}_${earlier.join('')}_${done}`
  return earlier.length === 0 ? request : `${request}_${earlier.join('')}`
}

function readClaim(written: string): Claim[] {
  const [, owner, made = '', last = '', targets = '', before = '', letter] = CLAIM.exec(written) ?? []
  if (owner === undefined) return []
  const [created = '', stackDigest] = made.split('_')
  const [request = '', earlier = '', done] = last.split('_')
  const state = letter === 'a' ? 'adopted' : letter === 'd' ? 'deleted' : 'own'
  return [
    {
      owner,
      created,
      ...(stackDigest === undefined ? {} : { stackDigest }),
      request,
      earlier: earlier.match(EARLIER) ?? [],
      ...(done === undefined ? {} : { done }),
      targets,
      before,
      state,
    },
  ]
}

function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.lastIndexOf(mark)
  return at === -1 ? [text, undefined] : [text.slice(0, at).replace(/ $/, ''), text.slice(at + mark.length)]
}

function noRoom(claims: number): CloudError {
  return new CloudError(
    'rejected',
    `The description of the stack set has no room for another mark of an owner: of its ${String(LONGEST)} characters ` +
      `the text and the marks of ${String(claims)} resources take the most. Shorten the text, or use another stack set`,
  )
}
