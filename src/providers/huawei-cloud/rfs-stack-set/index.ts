import { defineService } from '../../service.ts'
import { parseStackSetId } from './stack-set-id.ts'

export const service = defineService('HuaweiRfsStackSet', {
  resourceTypes: ['Custom::HuaweiRfsStackSet'],
  folder: 'huawei-cloud/rfs-stack-set',
  ids: { scheme: 'huaweicloud', parse: parseStackSetId },
  load: () => import('./provider.ts'),
})
