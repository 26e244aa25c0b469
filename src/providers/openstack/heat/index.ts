import type { Service } from '../../service.ts'
import { parseStackId } from './stack-id.ts'

export const service: Service = {
  name: 'Heat',
  resourceTypes: ['Custom::HeatStack', 'Custom::OpenStackHeatStack'],
  folder: 'openstack/heat',
  idScheme: 'arn:openstack:heat',
  writes: (physicalResourceId) => parseStackId(physicalResourceId) !== undefined,
  load: async () => (await import('./provider.ts')).provider,
}
