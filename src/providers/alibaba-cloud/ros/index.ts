import { defineService } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service = defineService('AliyunRos', {
  resourceTypes: ['Custom::RosStack'],
  folder: 'alibaba-cloud/ros',
  ids: { scheme: 'acs', parse: parseStackId },
  load: () => import('./provider.ts'),
})
