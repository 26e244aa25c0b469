import type { Service } from '../../service.ts'
import { parseInstancesId } from './instances-id.ts'

export const service: Service = {
  name: 'HuaweiRfsStackInstances',
  resourceTypes: ['Custom::HuaweiRfsStackInstances'],
  folder: 'huawei-cloud/rfs-stack-instances',
  idScheme: 'huaweicloud',
  writes: (physicalResourceId) => parseInstancesId(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
