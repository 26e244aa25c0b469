import { defineService } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service = defineService('HuaweiRfsStack', {
  resourceTypes: ['Custom::HuaweiRfsStack'],
  folder: 'huawei-cloud/rfs-stack',
  ids: { scheme: 'huaweicloud', parse: parseStackId },
  load: () => import('./provider.ts'),
})
