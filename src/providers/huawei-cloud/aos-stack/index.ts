import type { Service } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service: Service = {
  name: 'HuaweiAosStack',
  resourceTypes: ['Custom::HuaweiAosStack'],
  folder: 'huawei-cloud/aos-stack',
  idScheme: 'huaweicloud',
  writes: (physicalResourceId) => parseStackId(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
