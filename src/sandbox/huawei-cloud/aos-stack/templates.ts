import type { SandboxAosTemplate } from './engine.ts'

/** The template of the example in AOS's document, with the inputs of that example. */
const verydows: SandboxAosTemplate = {
  name: 'verydows',
  element: 'verydows-ecsng',
  inputs: {
    'ecsng-image': {},
    'mysql-image': {},
    'redis-image': {},
    'verydows-image': {},
    'verydows-install-image': {},
    'mysql-name': {},
    'mysql-password': { default: '******' },
  },
  outputs: { 'mysql-name': 'mysql-name' },
}

const thing: SandboxAosTemplate = {
  name: 'thing',
  element: 'thing',
  inputs: { value: {}, fail: { default: false }, keeps: { default: false }, wait_seconds: { default: 0 } },
  outputs: { Value: 'value' },
}

export const THING_TEMPLATE_ID = '39368a8a-7743-c58b-e663-f3f9e80049eb'

/** The templates in the embedded AOS, by id. */
export const aosTemplates: ReadonlyMap<string, SandboxAosTemplate> = new Map([
  ['b417b635-6ab2-1fed-b593-b129a9923ba2', verydows],
  [THING_TEMPLATE_ID, thing],
])
