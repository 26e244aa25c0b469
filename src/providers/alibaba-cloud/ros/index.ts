import type { Service } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service: Service = {
  name: 'AliyunRos',
  resourceTypes: ['Custom::RosStack'],
  folder: 'alibaba-cloud/ros',
  idScheme: 'acs',
  writes: (physicalResourceId) => parseStackId(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
