import { defineService } from '../../service.ts'
import { parseInstancesId } from './instances-id.ts'

export const service = defineService('HuaweiRfsStackInstances', {
  resourceTypes: ['Custom::HuaweiRfsStackInstances'],
  folder: 'huawei-cloud/rfs-stack-instances',
  ids: { scheme: 'huaweicloud', parse: parseInstancesId },
  load: () => import('./provider.ts'),
})
