import { defineService } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service = defineService('HuaweiAosStack', {
  resourceTypes: ['Custom::HuaweiAosStack'],
  folder: 'huawei-cloud/aos-stack',
  ids: { scheme: 'huaweicloud', parse: parseStackId },
  load: () => import('./provider.ts'),
})
