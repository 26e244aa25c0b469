/**
 * Serves two events that name no endpoint, one of them with a role, by the function at the path that is given, until the bridge
 * has asked for the address of each service, and for that of STS as often as it retries.
 */
import { setTimeout as delay } from 'node:timers/promises'

const { handler } = await import(process.argv[2])
const keys = {
  AccessKeyId: 'AKIAGIVEN',
  AccessKeySecret: 'given-secret',
  RegionId: 'us-east-1',
  Timeout: 120,
}
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
const serving = Promise.allSettled(
  events.map((event) => handler(Buffer.from(JSON.stringify(event)), { function: { timeout: 200 } })),
).then(() => 'ended')
const asked = (service) => globalThis.recordedNames.filter((name) => name.startsWith(service)).length
while (asked('sts.') < 3 || asked('cloudformation.') < 1 || asked('ros.') < 1)
  if ((await Promise.race([serving, delay(50)])) === 'ended') break
process.exit(0)
