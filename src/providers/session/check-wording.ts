import type { Check, CloudError, Ownership } from '../provider.ts'

/** The words that the checks of every cloud share. */

/** What is to be done about a call that gave no answer; `allow` for one that is not allowed, `reach` for one that got nowhere. */
export function withRemedy(
  { kind, message }: CloudError,
  remedies: { readonly allow: string; readonly reach: string },
): string {
  switch (kind) {
    case 'denied':
      return `${message}; ${remedies.allow}`
    case 'unavailable':
      return `${message}; ${remedies.reach}`
    case 'throttled':
      return `${message}; try again later`
    case 'rejected':
      return message
  }
}

/** A stack that is there already, and what the bridge would make of it. */
export function standingStack(name: string, status: string, ownership: Ownership): string {
  return `stack ${name} is there: ${status}, ${inWords(ownership)}`
}

/** What no reading call can tell; `policy` says where it is written what is needed. */
export function unseenRights(calls: string, policy: string): Check {
  const detail = `no call that only reads can tell whether they are allowed, nor what the template's resources need; see ${policy}`
  return { name: calls, result: 'unknown', detail }
}

function inWords(ownership: Ownership): string {
  switch (ownership.mark) {
    case 'ours':
      return "marked as this resource's"
    case 'another':
      return `marked as that of ${ownership.owner}, so it would not be touched`
    case 'unmarked':
      return "without an owner's mark, so it would not be touched"
    case 'invisible':
      return 'in a cloud that shows no marks'
  }
}
