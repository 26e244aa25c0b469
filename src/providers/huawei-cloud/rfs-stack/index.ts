import type { Service } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service: Service = {
  name: 'HuaweiRfsStack',
  resourceTypes: ['Custom::HuaweiRfsStack'],
  folder: 'huawei-cloud/rfs-stack',
  idScheme: 'huaweicloud',
  writes: (physicalResourceId) => parseStackId(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
