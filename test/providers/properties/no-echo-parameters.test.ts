import { describe, expect, it } from 'vitest'
import { noEchoParameters as noEchoParametersOf } from '../../../src/providers/properties/no-echo-parameters.ts'

const LARGEST_BYTES = 51_200
const hidden = (template: unknown) => noEchoParametersOf(template, LARGEST_BYTES)
const noEchoParameters = async (template: unknown) => (await hidden(template))?.names
const marked = (noEcho: string) =>
  `Parameters:\n  Pin: {Type: String, NoEcho: ${noEcho}}\n  Open: {Type: String}\n`

describe('the NoEcho parameters of a template', () => {
  it.each(['true', "'true'", 'True', 'yes', 'on', 'TRUE', '1', '" true "', '!!str true', '!Custom true'])(
    'are those with NoEcho %s',
    async (noEcho) => {
      expect(await noEchoParameters(marked(noEcho))).toEqual(['Pin'])
    },
  )

  it.each(['false', "'false'", 'no', 'off', '0', 'null', '""'])(
    'are not those with NoEcho %s',
    async (noEcho) => {
      expect(await noEchoParameters(marked(noEcho))).toEqual([])
    },
  )

  it.each([
    '{"Parameters": {"Pin": {"Type": "String", "NoEcho": true}, "Open": {"Type": "String"}}}',
    'Parameters:\n  Pin: {Type: String, NoEcho: yes}\nResources: {A: !Ref B}',
    // Keys with escapes.
    String.raw`{"Parameters": {"Pin": {"Type": "String", "No\u0045cho": true}}}`,
    String.raw`{"Par\u0061meters": {"Pin": {"Type": "String", "No\x45cho": "true"}}}`,
    '\ufeffParameters:\r\n  Pin:\r\n    ? NoEcho\r\n    : true\r\n',
    'x: &x {NoEcho: true}\nParameters:\n  Pin: {<<: *x, Type: String}',
  ])('are found in %j', async (template) => {
    expect(await noEchoParameters(template)).toEqual(['Pin'])
  })

  it('hide their defaults, too', async () => {
    const template =
      'Parameters: {Pin: {NoEcho: true, Default: a}, Open: {Default: b}, Other: {NoEcho: true}}'
    expect(await hidden(template)).toEqual({ names: ['Pin', 'Other'], defaults: ['a', undefined] })
  })

  it('are found in a map, too', async () => {
    const Parameters = { Pin: { Type: 'String', NoEcho: 'true' }, Open: { Type: 'String' } }
    expect(await noEchoParameters({ Parameters })).toEqual(['Pin'])
  })

  it('are found in spite of a duplicate name', async () => {
    expect(await noEchoParameters(`${marked('true')}Description: a\nDescription: b\n`)).toEqual(['Pin'])
  })

  it.each([
    ['is no YAML', '{ NoEcho'],
    ['is nested too deeply', `NoEcho: ${'['.repeat(20_000)}`],
    ['is larger than its cloud takes', `${marked('true')}#${'x'.repeat(60_000)}`],
  ])('are unknown if it %s', async (_, template) => {
    expect(await noEchoParameters(template)).toBeUndefined()
  })
})
