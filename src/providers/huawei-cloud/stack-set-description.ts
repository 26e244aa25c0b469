import { CloudError } from '../provider.ts'

/**
 * A stack set's description, the one text of a set that can be read back and written, in three parts: what a person has
 * written, the mark of the ROS resource that owns the set, and the claims of those that own instances in it. Two providers
 * share it, and each leaves the other's part as it is.
 */
export interface StackSetDescription {
  readonly text: string
  /** As its provider writes it. */
  readonly mark?: string
  readonly claims: readonly Claim[]
}

/** That a ROS resource owns instances. What stands for something longer is a part of its hash. */
export interface Claim {
  readonly owner: string
  /** The Create that has made the instances; absent where one took them over. */
  readonly created: string
  /** The request whose operation was begun last. */
  readonly request: string
  /** The instances that are meant, and those that were before the last change: it may have failed half way. */
  readonly targets: string
  readonly before: string
  /** `adopted`: taken over by a Create of which ROS may never have had the id. `deleted`: only to know the Create again. */
  readonly state: 'own' | 'adopted' | 'deleted'
}

export const SET_MARK = 'stackbridge:'
export const CLAIMS = 'stackbridge-instances:'
/** Characters. https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStackSet.html */
const LONGEST = 1024
const STATES = { own: 'o', adopted: 'a', deleted: 'd' } as const
const CLAIM = /^(\w+)\.(\w*)\.(\w*)\.(\w*)\.(\w*)\.([oad])$/

export function readDescription(description: string): StackSetDescription {
  const [beforeClaims, claims = ''] = splitAt(description, CLAIMS)
  const [text, mark] = splitAt(beforeClaims, SET_MARK)
  return {
    text,
    ...(mark === undefined ? {} : { mark: mark.trimEnd() }),
    claims: claims.split(',').flatMap((written) => readClaim(written)),
  }
}

/** Throws a `CloudError` where the claims do not fit; those of deleted instances give way. */
export function writeDescription({ text, mark, claims }: StackSetDescription): string {
  const written = [text, mark === undefined ? '' : `${SET_MARK}${mark}`, writeClaims(claims)]
    .filter((part) => part !== '')
    .join(' ')
  if (written.length <= LONGEST) return written
  const oldest = claims.findIndex(({ state }) => state === 'deleted')
  if (oldest === -1) throw noRoom(claims.length)
  return writeDescription({
    text,
    ...(mark === undefined ? {} : { mark }),
    claims: claims.toSpliced(oldest, 1),
  })
}

/** With `claim` in the place of the same owner's earlier one. */
export function withClaim(description: StackSetDescription, claim: Claim): StackSetDescription {
  return {
    ...description,
    claims: [...description.claims.filter(({ owner }) => owner !== claim.owner), claim],
  }
}

function writeClaims(claims: readonly Claim[]): string {
  if (claims.length === 0) return ''
  const written = claims.map(({ owner, created, request, targets, before, state }) =>
    [owner, created, request, targets, before, STATES[state]].join('.'),
  )
  return `${CLAIMS}${written.join(',')}`
}

function readClaim(written: string): Claim[] {
  const [, owner, created = '', request = '', targets = '', before = '', letter] = CLAIM.exec(written) ?? []
  if (owner === undefined) return []
  const state = letter === 'a' ? 'adopted' : letter === 'd' ? 'deleted' : 'own'
  return [{ owner, created, request, targets, before, state }]
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
