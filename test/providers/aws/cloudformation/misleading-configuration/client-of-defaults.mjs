/** A client of the SDK without settings. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'

const client = new CloudFormationClient({
  credentials: { accessKeyId: 'AKIAGIVEN', secretAccessKey: 'given' },
})
await client.send(new DescribeStacksCommand({})).catch(() => undefined)
process.exit(0)
