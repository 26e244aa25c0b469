import type { Check, CloudError, Ownership } from '../provider.ts'

/** Adds to a failed call's message how to correct it: `allow` where it was denied, `reach` where no answer came. */
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

/** Says that a stack exists already, and whose it is. */
export function existingStack(name: string, status: string, ownership: Ownership): string {
  return `stack ${name} is there: ${status}, ${inWords(ownership)}`
}

/** The check of rights that no reading call can test; `policy` names the document that lists them. */
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
