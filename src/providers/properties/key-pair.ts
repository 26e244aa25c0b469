import * as v from 'valibot'
import type { PropertyProblem } from './property-problem.ts'
import { text } from './property-schema.ts'

/** The original's names for an access key, which AWS's properties have too. */
export const keyPairEntries = {
  AccessKeyId: v.optional(text),
  AccessKeySecret: v.optional(text),
  SecurityToken: v.optional(text),
}

type KeyPair = v.InferOutput<v.ObjectSchema<typeof keyPairEntries, undefined>>

/** Half of a pair of keys is a mistake. It must not select the environment's keys. */
export function keyPairProblems({ AccessKeyId, AccessKeySecret, SecurityToken }: KeyPair): PropertyProblem[] {
  if (AccessKeyId !== undefined && AccessKeySecret === undefined)
    return [{ path: 'AccessKeySecret', problem: 'is missing; it must be given together with AccessKeyId' }]
  if (AccessKeyId === undefined && (AccessKeySecret !== undefined || SecurityToken !== undefined))
    return [{ path: 'AccessKeyId', problem: 'is missing; it must be given together with AccessKeySecret' }]
  return []
}
