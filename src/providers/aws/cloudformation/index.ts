import { defineService } from '../../service.ts'
import { parseStackArn } from './arn.ts'

export const service = defineService('AwsCloudFormation', {
  resourceTypes: ['Custom::AwsCloudFormationStack'],
  folder: 'aws/cloudformation',
  ids: { scheme: 'arn', parse: parseStackArn },
  load: () => import('./provider.ts'),
})
