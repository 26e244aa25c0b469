import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach } from 'vitest'
import {
  SANDBOX_KEY,
  startSandboxCloudFormation,
  type SandboxCloudFormation,
  type SandboxCloudFormationOptions,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'

/** A client of the AWS SDK that makes one attempt for each call. */
export function clientOf(
  { url: endpoint, region }: SandboxCloudFormation,
  more: CloudFormationClientConfig = {},
): CloudFormationClient {
  return new CloudFormationClient({ endpoint, region, credentials: SANDBOX_KEY, maxAttempts: 1, ...more })
}

/** Creates an embedded CloudFormation for each test, with a client. */
export function useCloudFormation(
  options: SandboxCloudFormationOptions,
  use: (aws: SandboxCloudFormation, client: CloudFormationClient) => void,
): void {
  let close: (() => Promise<void>) | undefined
  beforeEach(async () => {
    const aws = await startSandboxCloudFormation(options)
    const client = clientOf(aws)
    close = () => {
      client.destroy()
      return aws.close()
    }
    use(aws, client)
  })
  afterEach(() => close?.())
}
