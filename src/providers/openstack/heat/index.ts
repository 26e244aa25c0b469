import { defineService } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service = defineService('Heat', {
  resourceTypes: ['Custom::HeatStack', 'Custom::OpenStackHeatStack'],
  folder: 'openstack/heat',
  ids: { scheme: 'arn:openstack:heat', parse: parseStackId },
  load: () => import('./provider.ts'),
})
