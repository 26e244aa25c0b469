import { CloudError } from '../../provider.ts'
import { parseStackArn } from './arn.ts'
import { callerIdentity } from './caller-identity.ts'
import { toCloudError } from './cloud-error.ts'
import { isOfHeat } from './heat-compatible.ts'
import type { SessionSetup } from './session-setup.ts'

/**
 * Throws a `CloudError` where the credentials are of another account than the stack: to them it would seem deleted. Where nobody
 * can be asked, such as behind an endpoint without STS, the answer of CloudFormation counts.
 */
export async function requireAccountOf(arn: string, setup: SessionSetup): Promise<void> {
  const expected = parseStackArn(arn)
  if (expected === undefined || isOfHeat(arn)) return
  const own = await accountOf(setup)
  if (own === undefined || own === expected.account) return
  throw new CloudError(
    'rejected',
    `Stack ${expected.name} is in the account ${expected.account}, and the credentials are of the account ${own}`,
  )
}

async function accountOf(setup: SessionSetup): Promise<string | undefined> {
  const { secrets, log } = setup.surroundings
  try {
    return (await callerIdentity(setup)).Account
  } catch (error) {
    const known = toCloudError(error, 'STS GetCallerIdentity', secrets)
    if (known.kind === 'throttled') throw known
    log.warn({ err: known }, 'whether the stack is in the account of the credentials cannot be seen')
    return undefined
  }
}
