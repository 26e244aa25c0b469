import type { Service } from '../../service.ts'
import { parseStackArn } from './arn.ts'

export const service: Service = {
  name: 'AwsCloudFormation',
  resourceTypes: ['Custom::AwsCloudFormationStack'],
  folder: 'aws/cloudformation',
  idScheme: 'arn',
  writes: (physicalResourceId) => parseStackArn(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
