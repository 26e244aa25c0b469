/** Serves two events that name no endpoint, one of them with a role, by the function at the path that is given. */
const { handler } = await import(process.argv[2])
const keys = { AccessKeyId: 'AKIAGIVEN', AccessKeySecret: 'given-secret', RegionId: 'us-east-1', Timeout: 12 }
// The Timeout leaves a slow machine the time to load a provider and to make each call three times.
const events = [{}, { AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/Name' } }].map((more) => ({
  RequestType: 'Create',
  RequestId: `request-${Object.keys(more).join('')}`,
  ResponseURL: 'https://ros.example.com/callback',
  StackId: 'stack',
  StackName: 'stack',
  LogicalResourceId: 'Resource',
  ResourceType: 'Custom::AwsCloudFormationStack',
  ResourceProperties: { ...keys, ...more, Stack: { Name: 'name', Template: '{"Resources":{}}' } },
}))
await Promise.allSettled(
  events.map((event) => handler(Buffer.from(JSON.stringify(event)), { function: { timeout: 60 } })),
)
process.exit(0)
