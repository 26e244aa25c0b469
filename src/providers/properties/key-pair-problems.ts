import type { PropertyProblem } from './property-problem.ts'

interface KeyPair {
  readonly AccessKeyId?: string | undefined
  readonly AccessKeySecret?: string | undefined
  readonly SecurityToken?: string | undefined
}

/** Half of a pair of keys is a mistake. It must not select the environment's keys. */
export function keyPairProblems({ AccessKeyId, AccessKeySecret, SecurityToken }: KeyPair): PropertyProblem[] {
  if (AccessKeyId !== undefined && AccessKeySecret === undefined)
    return [{ path: 'AccessKeySecret', problem: 'is missing; it must be given together with AccessKeyId' }]
  if (AccessKeyId === undefined && (AccessKeySecret !== undefined || SecurityToken !== undefined))
    return [{ path: 'AccessKeyId', problem: 'is missing; it must be given together with AccessKeySecret' }]
  return []
}
