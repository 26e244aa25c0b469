import type { Claim } from '../stack-set-description.ts'

/**
 * Whether other resources claim the same instances, where two have claimed them at once. `open`: neither has noted yet that its
 * request made them. `lost`: another one has.
 */
export type ClaimConflict = 'none' | 'open' | 'lost'

/** `claim` is this resource's own; `last`: RFS's id of the instances' last operation. */
export function claimConflictOf(
  claims: readonly Claim[],
  {
    claim,
    targets,
    last,
  }: { readonly claim: Claim | undefined; readonly targets: string; readonly last: string | undefined },
): ClaimConflict {
  const operation = last?.replaceAll('-', '')
  const competing = claims.filter(
    (one) => one.owner !== claim?.owner && one.state === 'own' && one.targets === targets,
  )
  if (operation === undefined || competing.length === 0) return 'none'
  if (competing.some(({ done }) => done === operation)) return 'lost'
  return claim?.done === operation ? 'none' : 'open'
}
