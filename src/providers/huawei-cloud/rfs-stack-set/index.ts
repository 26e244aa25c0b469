import type { Service } from '../../service.ts'
import { parseStackSetId } from './stack-set-id.ts'

export const service: Service = {
  name: 'HuaweiRfsStackSet',
  resourceTypes: ['Custom::HuaweiRfsStackSet'],
  folder: 'huawei-cloud/rfs-stack-set',
  idScheme: 'huaweicloud',
  writes: (physicalResourceId) => parseStackSetId(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
