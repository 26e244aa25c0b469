import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts'
import { basicConfig } from './basic-config.ts'
import { endpointsOf } from './endpoints.ts'
import type { SessionSetup } from './session-setup.ts'

/**
 * The account and the user of the credentials. The call needs no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerIdentity({
  client,
  connection,
  surroundings,
}: Pick<SessionSetup, 'client' | 'connection' | 'surroundings'>): Promise<GetCallerIdentityCommandOutput> {
  const { GetCallerIdentityCommand, STSClient } = await import('./sts.ts')
  const region = await client.config.region()
  const { sts: ofRegion } = endpointsOf(connection, region, surroundings.environment)
  const endpoint = connection.AssumeRole?.Endpoint ?? connection.Endpoint ?? ofRegion.url
  const sts = new STSClient({
    ...basicConfig(region, surroundings.network),
    credentials: client.config.credentials,
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  return sts.send(new GetCallerIdentityCommand({}))
}
